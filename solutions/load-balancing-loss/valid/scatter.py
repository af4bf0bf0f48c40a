import torch


def load_balancing_loss(router_logits, top_k, mask=None):
    experts = router_logits.size(-1)
    logits = router_logits.double().reshape(-1, experts)
    weight = (
        logits.new_ones(len(logits))
        if mask is None
        else mask.reshape(-1).double()
    )
    weight = weight / weight.sum()
    with torch.no_grad():
        threshold = logits.kthvalue(experts - top_k + 1, dim=-1, keepdim=True)
        f = weight @ (logits >= threshold.values).double()
    P = weight @ torch.softmax(logits, dim=-1)
    return (experts * f @ P).float()
