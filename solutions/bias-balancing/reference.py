"""Balancing by a bias (Wang et al. 2024, §3; DeepSeek-V3 2024, §2.1.2)."""

import torch
from torch import Tensor, nn


class BiasBalancedRouter(nn.Module):
    """Chooses by sigmoid affinity plus a bias, gates by the affinity alone.

    The bias is no parameter: `update_bias` moves it by what the load was.
    """

    def __init__(
        self,
        d_model: int,
        num_experts: int,
        top_k: int,
        routed_scaling: float = 1.0,
    ):
        super().__init__()
        self.top_k = top_k
        self.routed_scaling = routed_scaling
        self.weight = nn.Parameter(torch.randn(num_experts, d_model) * 0.02)
        self.register_buffer("bias", torch.zeros(num_experts))

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Shapes: x (..., d_model) -> chosen (..., k), gates (..., k)."""
        # float32 whatever x is: a rounded logit may choose another expert
        affinity = (x.float() @ self.weight.float().T).sigmoid()  # (..., E)
        chosen = (affinity + self.bias).topk(self.top_k).indices  # (..., k)
        gates = affinity.gather(-1, chosen)  # (..., k), the bias is not in it
        gates = gates / gates.sum(dim=-1, keepdim=True)
        return chosen, gates * self.routed_scaling

    @torch.no_grad()
    def update_bias(self, chosen: Tensor, step: float) -> None:
        """Raise the bias of experts below the mean load, lower the others'.

        Shapes: chosen (..., k), all tokens of a training step.
        """
        load = chosen.reshape(-1).bincount(minlength=len(self.bias))  # (E,)
        # an expert with exactly the mean load stays as it is
        self.bias += step * (load.float().mean() - load).sign()
