"""Causal linear attention (Katharopoulos et al. 2020, §3.2 to §3.4)."""

import torch
from torch import Tensor
from torch.nn import functional


def linear_attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Softmax attention with exp(q·k) replaced by φ(q)·φ(k), φ = elu + 1.

    Shapes: q, k (..., T, d_k), v (..., T, d_v) -> (..., T, d_v). Running sums
    over the keys replace the T×T weights.
    """
    query, key = feature_map(q), feature_map(k)  # (..., T, d_k)
    # what position t knows of the tokens up to t, for every t
    S = (key.unsqueeze(-1) * v.unsqueeze(-2)).cumsum(-3)  # (..., T, d_k, d_v)
    z = key.cumsum(-2)  # (..., T, d_k)
    return read(query, S, z).to(v.dtype)


def linear_attention_step(
    q: Tensor, k: Tensor, v: Tensor, state: tuple[Tensor, Tensor] | None = None
) -> tuple[Tensor, tuple[Tensor, Tensor]]:
    """The same as a recurrent network, one token at a time.

    Shapes: q, k (..., d_k), v (..., d_v), state (..., d_k, d_v) and (..., d_k)
    -> (..., d_v), new state.
    """
    query, key = feature_map(q), feature_map(k)  # (..., d_k)
    S, z = key.unsqueeze(-1) * v.unsqueeze(-2), key
    if state is not None:
        S, z = state[0] + S, state[1] + z
    return read(query, S, z).to(v.dtype), (S, z)


def read(query: Tensor, S: Tensor, z: Tensor) -> Tensor:
    """φ(q)ᵀS / (φ(q)·z).

    Shapes: (..., d_k), (..., d_k, d_v), (..., d_k) -> (..., d_v).
    """
    total = (query.unsqueeze(-2) @ S).squeeze(-2)  # (..., d_v)
    return total / (query * z).sum(dim=-1, keepdim=True)


def feature_map(x: Tensor) -> Tensor:
    """elu(x) + 1, positive, so that weights are; float32 or wider.

    Long sums stall in bfloat16: 256 + 1 is 256 there.
    """
    wide = torch.promote_types(x.dtype, torch.float32)
    return functional.elu(x.to(wide)) + 1
