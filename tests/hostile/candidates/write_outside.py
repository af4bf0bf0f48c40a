"""Writes, renames, truncates and deletes what is not its own."""

import os
import shutil
import tempfile

folder = tempfile.mkdtemp()
os.symlink("@HOME@", f"{folder}/home")
os.symlink("@OUTSIDE@/new", f"{folder}/new")
for attempt in (
    lambda: open("@OUTSIDE@/new", "w"),
    lambda: open(f"{folder}/new", "w"),
    lambda: open(f"{folder}/home/canary", "w"),
    lambda: open("@HOME@/canary", "a").write("x"),
    lambda: os.truncate("@HOME@/canary", 0),
    lambda: os.unlink("@HOME@/canary"),
    lambda: os.rename("@HOME@/canary", "@OUTSIDE@/canary"),
    lambda: os.rename("@OUTSIDE@/canary", f"{folder}/canary"),
    lambda: os.link("@HOME@/canary", f"{folder}/linked"),
    lambda: os.mkdir("@OUTSIDE@/folder"),
    lambda: os.mkfifo("@OUTSIDE@/pipe"),
    lambda: os.mknod("@OUTSIDE@/node"),
    lambda: os.symlink("/", "@OUTSIDE@/link"),
    lambda: shutil.rmtree("@HOME@"),
    lambda: open("/tmp/llmprep-canary", "w"),
    lambda: open("/dev/shm/llmprep-canary", "w"),
    lambda: open("/dev/tty", "w").write("owned"),
):
    try:
        attempt()
    except OSError:
        continue
try:
    os.chdir("@OUTSIDE@")
    open("new", "w")
except OSError:
    pass

def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
