from torch import Tensor, nn


class PrefixEncoder(nn.Module):
    """Trainable keys and values for every layer, made from P vectors by an MLP."""

    def __init__(self, num_layers: int, num_heads: int, head_dim: int, length: int, hidden: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, batch: int) -> list[tuple[Tensor, Tensor]]:
        """For every layer keys and values (B, H, P, head_dim)."""
        raise NotImplementedError

    def bake(self) -> Tensor:
        """What is kept after training, (L, 2, H, P, head_dim)."""
        raise NotImplementedError


def prefix_attention(
    q: Tensor, k: Tensor, v: Tensor, prefix: tuple[Tensor, Tensor], mask: Tensor | None = None
) -> Tensor:
    """q, k, v (B, H, T, d), prefix two of (B, H, P, d), mask (B, T) -> (B, H, T, d)."""
    raise NotImplementedError
