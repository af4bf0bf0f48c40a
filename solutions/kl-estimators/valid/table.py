import torch

ESTIMATORS = {
    "k1": torch.neg,
    "k2": lambda x: 0.5 * x**2,
    "k3": lambda x: torch.special.expm1(x) - x,
}


def kl_estimate(log_probs, reference_log_probs, mask, kind="k3"):
    if kind not in ESTIMATORS:
        raise ValueError(kind)
    zero = torch.zeros((), dtype=log_probs.dtype)
    with torch.no_grad():
        reference = torch.where(mask, reference_log_probs, zero)
    x = reference - torch.where(mask, log_probs, zero)
    k = ESTIMATORS[kind](x)
    return k, k.sum() / max(mask.sum().item(), 1)
