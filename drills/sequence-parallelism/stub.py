from torch import Tensor


def all_gather_sequence(x: Tensor) -> Tensor:
    """Own part of the sequence (T/n, B, d) -> the whole (T, B, d)."""
    raise NotImplementedError


def reduce_scatter_sequence(x: Tensor) -> Tensor:
    """A partial sum for the whole sequence (T, B, d) -> own part of the sum over ranks (T/n, B, d)."""
    raise NotImplementedError


def sequence_parallel_mlp(x: Tensor, gain: Tensor, weight_in: Tensor, weight_out: Tensor) -> Tensor:
    """Own part x (T/n, B, d), gain (d,), weight_in (f/n, d), weight_out (d, f/n) -> (T/n, B, d)."""
    raise NotImplementedError
