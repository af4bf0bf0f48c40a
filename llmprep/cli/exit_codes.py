"""What the program's exit status means."""

from enum import IntEnum


class Exit(IntEnum):
    """0 right, 1 wrong, 2 misuse, 3 something outside the learner's answer failed."""

    RIGHT = 0
    WRONG = 1
    MISUSE = 2
    FAILED = 3
