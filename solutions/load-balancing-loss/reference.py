"""The load-balancing loss of Switch (Fedus et al. 2021, §2.2) for top-k."""

from torch import Tensor


def load_balancing_loss(
    router_logits: Tensor, top_k: int, mask: Tensor | None = None
) -> Tensor:
    """E·Σ f_i·P_i: load times mean probability of each expert, times E.

    Shapes: router_logits (..., E), mask (...), True = real token -> ().
    Even load gives top_k. Only P has a gradient: f is counted.
    """
    num_experts = router_logits.size(-1)
    logits = router_logits.float().reshape(-1, num_experts)  # (N, E)
    if mask is not None:
        logits = logits[mask.reshape(-1)]  # (real tokens, E)
    chosen = logits.topk(top_k).indices  # (N, k)
    counts = chosen.reshape(-1).bincount(minlength=num_experts)  # (E,)
    load = counts / logits.size(0)  # f, its sum is k
    probability = logits.softmax(dim=-1).mean(dim=0)  # P, its sum is 1
    return num_experts * (load * probability).sum()
