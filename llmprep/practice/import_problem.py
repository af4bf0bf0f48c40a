"""Why nothing could be taken in: the reason names a sentence, the values fill it."""

from __future__ import annotations


class ImportProblem(Exception):  # noqa: N818 - a file is wrong, not the program
    """`reason` is the end of a key `import.error.…`."""

    def __init__(self, reason: str, **values: object):
        super().__init__(reason + "".join(f", {name}: {value}" for name, value in values.items()))
        self.reason, self.values = reason, values
