from torch import Tensor, nn


class Expert(nn.Module):
    """gate_proj, up_proj: d_model -> d_ff; down_proj: d_ff -> d_model; no bias."""

    def __init__(self, d_model: int, d_ff: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (..., d_model) -> (..., d_model)."""
        raise NotImplementedError


class MixtureOfExperts(nn.Module):
    """router: nn.Linear(d_model, num_experts, bias=False); experts: nn.ModuleList of Expert."""

    def __init__(self, d_model: int, d_ff: int, num_experts: int, top_k: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (..., d_model) -> (..., d_model)."""
        raise NotImplementedError
