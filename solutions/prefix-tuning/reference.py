"""Prefix tuning (Li and Liang 2021, §4)."""

import math

import torch
from torch import Tensor, nn


class PrefixEncoder(nn.Module):
    """Keys and values of P virtual tokens for each of L frozen layers."""

    def __init__(
        self,
        num_layers: int,
        num_heads: int,
        head_dim: int,
        length: int,
        hidden: int,
    ):
        super().__init__()
        d = num_heads * head_dim
        self.shape = (length, num_layers, 2, num_heads, head_dim)
        self.prefix = nn.Parameter(torch.randn(length, d))
        self.mlp = nn.Sequential(  # trains more stably than bare keys
            nn.Linear(d, hidden),
            nn.Tanh(),
            nn.Linear(hidden, 2 * num_layers * d),
        )

    def forward(self, batch: int) -> list[tuple[Tensor, Tensor]]:
        """For every layer keys and values (B, H, P, head_dim)."""
        layers = self.keys_and_values().unsqueeze(2)  # (L, 2, 1, H, P, ...)
        layers = layers.expand(-1, -1, batch, -1, -1, -1)
        return [(keys, values) for keys, values in layers]

    def bake(self) -> Tensor:
        """What is kept after training (L, 2, H, P, head_dim)."""
        return self.keys_and_values().detach()

    def keys_and_values(self) -> Tensor:
        numbers = self.mlp(self.prefix).view(self.shape)  # (P, L, 2, H, ...)
        return numbers.permute(1, 2, 3, 0, 4)


def prefix_attention(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    prefix: tuple[Tensor, Tensor],
    mask: Tensor | None = None,
) -> Tensor:
    """Causal attention with a prefix that everyone sees.

    Shapes: q, k, v (B, H, T, d), prefix two of (B, H, P, d), mask (B, T),
    True where a token may be seen -> (B, H, T, d).
    """
    prefix_keys, prefix_values = prefix
    keys = torch.cat([prefix_keys, k], dim=2)  # (B, H, P + T, d)
    values = torch.cat([prefix_values, v], dim=2)
    batch, _, tokens, d = q.shape
    length = prefix_keys.size(2)
    visible = q.new_ones(tokens, length + tokens, dtype=torch.bool).tril(length)
    if mask is not None:
        always = mask.new_ones(batch, length)
        real = torch.cat([always, mask], dim=1)  # (B, P + T)
        visible = visible & real[:, None, None]  # (B, 1, T, P + T)
    scores = q @ keys.mT / math.sqrt(d)
    return scores.masked_fill(~visible, -torch.inf).softmax(dim=-1) @ values
