"""Looks for the reference in the memory and the descriptors of every process, its own first."""

import os

own = ["self", str(os.getppid()), "@REFEREE@", "@ZYGOTE@", "@PYTEST@"]
for pid in own:
    for what in ("maps", "mem", "environ", "cmdline", "fd", "cwd", "root", "map_files", "task"):
        try:
            path = f"/proc/{pid}/{what}"
            found = os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(4096)
            if found:
                raise SystemExit(f"{path} can be read")
        except OSError:
            continue


def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
