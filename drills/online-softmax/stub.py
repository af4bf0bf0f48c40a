from torch import Tensor

State = tuple[Tensor, Tensor]


def update(state: State | None, chunk: Tensor) -> State:
    """The pair (m, l) after one more chunk (..., n); state is None at the start."""
    raise NotImplementedError


def merge(a: State, b: State) -> State:
    """The pair (m, l) of two sets of chunks together."""
    raise NotImplementedError


def online_softmax(chunks: list[Tensor]) -> list[Tensor]:
    """Chunks (..., n_i) of one row -> its softmax, chunk by chunk."""
    raise NotImplementedError
