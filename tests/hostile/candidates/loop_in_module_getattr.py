"""A module whose names are looked up for ever."""


def __getattr__(name):
    while True:
        pass
