from torch import Tensor, nn


class BiasBalancedRouter(nn.Module):
    """Parameter: weight (num_experts, d_model). Buffer: bias (num_experts,), float32, zero at first."""

    def __init__(self, d_model: int, num_experts: int, top_k: int, routed_scaling: float = 1.0):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """x (..., d_model) -> chosen (..., top_k) int64, gates (..., top_k) float32."""
        raise NotImplementedError

    def update_bias(self, chosen: Tensor, step: float) -> None:
        """Move each bias by `step` towards an even load; chosen (..., top_k)."""
        raise NotImplementedError
