"""Reaches the reference through links in the scratch folder."""

import os
import shutil
import tempfile

folder = tempfile.mkdtemp()
os.symlink("@REFERENCE@", f"{folder}/soft.py")
os.symlink("@SOLUTIONS@", f"{folder}/folder")
attempts = [
    lambda: open(f"{folder}/soft.py").read(),
    lambda: open(f"{folder}/folder/attention/reference.py").read(),
    lambda: os.link("@REFERENCE@", f"{folder}/hard.py") or open(f"{folder}/hard.py").read(),
    lambda: shutil.copy("@REFERENCE@", folder) and open(f"{folder}/reference.py").read(),
    lambda: os.rename("@REFERENCE@", f"{folder}/moved.py") or open(f"{folder}/moved.py").read(),
]
for attempt in attempts:
    try:
        exec(attempt(), globals())
    except OSError:
        continue
attention
