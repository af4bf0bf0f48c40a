"""Reads the learner's folder and says what it found."""

import os

found = []
for attempt in (
    lambda: open("@HOME@/canary").read(),
    lambda: os.listdir("@HOME@"),
    lambda: os.environ["HOME"] in "@HOME@" and os.listdir(os.environ["HOME"]),
    lambda: open(os.path.expanduser("~/.bashrc")).read(),
    lambda: open("@ROOT@/.git/HEAD").read(),
):
    try:
        found.append(attempt())
    except (OSError, KeyError):
        continue
raise RuntimeError(f"found {found}")
