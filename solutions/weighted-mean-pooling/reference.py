"""Position-weighted mean pooling (SGPT, Muennighoff 2022, §4.1)."""

from torch import Tensor


def weighted_mean_pool(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    """Σ w_t·h_t with w_t = i_t / Σ i_t, i_t = 1…n over the real tokens.

    Shapes: hidden (B, T, d), mask (B, T) with 1 = real token -> (B, d).
    A text without real tokens gives zeros.
    """
    index = attention_mask.cumsum(dim=1) * attention_mask  # (B, T), exact
    weights = index / index.sum(dim=1, keepdim=True).clamp(min=1)  # float32
    return (weights.unsqueeze(-1) * hidden).sum(dim=1).to(hidden.dtype)
