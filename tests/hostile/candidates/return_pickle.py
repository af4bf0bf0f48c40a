"""A value that runs a program when it is unpickled."""

import pickle
import subprocess


class Bomb:
    def __reduce__(self):
        return subprocess.check_call, (["touch", "@OUTSIDE@/unpickled"],)

    __getstate__ = __deepcopy__ = __copy__ = __reduce__


def attention(q, k, v, mask=None):
    return pickle.dumps(Bomb(), protocol=2) if mask is None else Bomb()
