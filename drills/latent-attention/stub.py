from torch import Tensor, nn


class LatentAttention(nn.Module):
    """q_proj, kv_a_proj_with_mqa, kv_a_layernorm, kv_b_proj, o_proj; no bias anywhere."""

    def __init__(self, d_model: int, num_heads: int, d_nope: int, d_rope: int, d_v: int, kv_rank: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (B, T, d_model) -> (B, T, d_model), causal."""
        raise NotImplementedError

    def step(
        self, x: Tensor, cache: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """x (B, 1, d_model), cache (B, S, kv_rank) and (B, S, d_rope) -> (B, 1, d_model), longer cache."""
        raise NotImplementedError
