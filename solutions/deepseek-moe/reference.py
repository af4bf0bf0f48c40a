"""DeepSeekMoE (Dai et al. 2024, §3), gated as in DeepSeek-V2 (2024, §2.2.1)."""

from torch import Tensor, nn
from torch.nn import functional


class DeepSeekMoE(nn.Module):
    """Shared experts for every token, and many narrow ones to choose from.

    y = Shared(x) + routed_scaling · Σ_chosen softmax(all logits)_e · E_e(x).
    """

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
        self.top_k = top_k
        self.routed_scaling = routed_scaling
        self.router = nn.Linear(d_model, num_routed, bias=False)
        self.experts = nn.ModuleList(
            Expert(d_model, d_expert) for _ in range(num_routed)
        )
        # experts whose outputs are added are one expert of their joint width
        self.shared_experts = Expert(d_model, num_shared * d_expert)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (..., d_model) -> (..., d_model)."""
        tokens = x.reshape(-1, x.size(-1))  # (N, d_model)
        affinity = self.router(tokens).softmax(dim=-1)  # (N, num_routed)
        # not divided by their sum: the gates of a token add up to less than 1
        gates, chosen = affinity.topk(self.top_k)  # (N, k)
        gates = gates * self.routed_scaling
        out = self.shared_experts(tokens)  # (N, d_model)
        for index, expert in enumerate(self.experts):
            token, slot = (chosen == index).nonzero(as_tuple=True)  # (n,)
            gate = gates[token, slot].unsqueeze(-1)  # (n, 1)
            out = out.index_add(0, token, gate * expert(tokens[token]))
        return out.view_as(x)


class Expert(nn.Module):
    """A SwiGLU feed-forward network: W_down(silu(W_gate·x) ⊙ W_up·x)."""

    def __init__(self, d_model: int, width: int):
        super().__init__()
        self.gate_proj = nn.Linear(d_model, width, bias=False)
        self.up_proj = nn.Linear(d_model, width, bias=False)
        self.down_proj = nn.Linear(width, d_model, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (..., d_model) -> (..., d_model)."""
        hidden = functional.silu(self.gate_proj(x)) * self.up_proj(x)
        return self.down_proj(hidden)
