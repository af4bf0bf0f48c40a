from torch import Tensor, nn


class Expert(nn.Module):
    """gate_proj, up_proj: d_model -> width; down_proj: width -> d_model; no bias."""

    def __init__(self, d_model: int, width: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (..., d_model) -> (..., d_model)."""
        raise NotImplementedError


class DeepSeekMoE(nn.Module):
    """router: nn.Linear without bias; experts: nn.ModuleList of Expert; shared_experts: one wide Expert."""

    def __init__(
        self,
        d_model: int,
        d_expert: int,
        num_shared: int,
        num_routed: int,
        top_k: int,
        routed_scaling: float = 1.0,
    ):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (..., d_model) -> (..., d_model)."""
        raise NotImplementedError
