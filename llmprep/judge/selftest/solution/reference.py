"""Every attempt is refused."""


def __getattr__(name):
    if name.startswith("_"):
        raise AttributeError(name)
    return lambda: "refused"
