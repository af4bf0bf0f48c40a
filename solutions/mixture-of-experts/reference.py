"""A sparse mixture-of-experts layer as in Mixtral (Jiang et al. 2024, §2.1)."""

import torch
from torch import Tensor, nn
from torch.nn import functional


class MixtureOfExperts(nn.Module):
    """Every token goes through the k experts that its router logits favour.

    y = Σ_chosen softmax(chosen logits)_e · Expert_e(x).
    """

    def __init__(self, d_model: int, d_ff: int, num_experts: int, top_k: int):
        super().__init__()
        self.top_k = top_k
        self.router = nn.Linear(d_model, num_experts, bias=False)
        self.experts = nn.ModuleList(
            Expert(d_model, d_ff) for _ in range(num_experts)
        )

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (..., d_model) -> (..., d_model)."""
        tokens = x.reshape(-1, x.size(-1))  # (N, d_model)
        logits, chosen = self.router(tokens).topk(self.top_k)  # (N, k)
        gates = logits.softmax(dim=-1)  # (N, k), sum 1 per token
        out = torch.zeros_like(tokens)
        for index, expert in enumerate(self.experts):
            # which tokens chose this expert, and as their how-manieth
            token, slot = (chosen == index).nonzero(as_tuple=True)  # (n,)
            share = gates[token, slot].unsqueeze(-1)  # (n, 1)
            # adds: another expert may have written to the same token
            out = out.index_add(0, token, share * expert(tokens[token]))
        return out.view_as(x)


class Expert(nn.Module):
    """A SwiGLU feed-forward network: W_down(silu(W_gate·x) ⊙ W_up·x)."""

    def __init__(self, d_model: int, d_ff: int):
        super().__init__()
        self.gate_proj = nn.Linear(d_model, d_ff, bias=False)
        self.up_proj = nn.Linear(d_model, d_ff, bias=False)
        self.down_proj = nn.Linear(d_ff, d_model, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (..., d_model) -> (..., d_model)."""
        hidden = functional.silu(self.gate_proj(x)) * self.up_proj(x)
        return self.down_proj(hidden)
