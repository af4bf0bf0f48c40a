from torch import Tensor, nn


def relative_position_bucket(
    relative_position: Tensor, bidirectional: bool = True, num_buckets: int = 32, max_distance: int = 128
) -> Tensor:
    """Key position minus query position, integers of any shape -> buckets, int64 of that shape."""
    raise NotImplementedError


class RelativePositionBias(nn.Module):
    def __init__(
        self, num_heads: int, bidirectional: bool = True, num_buckets: int = 32, max_distance: int = 128
    ):
        super().__init__()
        raise NotImplementedError

    def forward(self, T_q: int, T_k: int) -> Tensor:
        """Numbers of queries and keys -> (1, num_heads, T_q, T_k)."""
        raise NotImplementedError
