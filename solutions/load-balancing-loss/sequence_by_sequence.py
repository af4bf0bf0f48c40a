import torch
from torch import Tensor


def load_balancing_loss(
    router_logits: Tensor, top_k: int, mask: Tensor | None = None
) -> Tensor:
    E = router_logits.size(-1)
    if mask is None:
        mask = torch.ones(router_logits.shape[:-1], dtype=torch.bool)
    if router_logits.dim() == 2:
        router_logits, mask = router_logits[None], mask[None]
    losses = []
    for sequence, real in zip(router_logits.float(), mask, strict=True):
        logits = sequence.reshape(-1, E)[real.reshape(-1)]
        if len(logits):
            chosen = logits.topk(top_k).indices.reshape(-1)
            load = chosen.bincount(minlength=E) / len(logits)
            losses.append(E * (load * logits.softmax(-1).mean(0)).sum())
    return torch.stack(losses).mean()
