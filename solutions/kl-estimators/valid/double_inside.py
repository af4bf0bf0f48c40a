import torch


def kl_estimate(log_probs, reference_log_probs, mask, kind="k3"):
    if kind not in ("k1", "k2", "k3"):
        raise ValueError("kind")
    new = log_probs.double().masked_fill(~mask, 0)
    ref = reference_log_probs.detach().double().masked_fill(~mask, 0)
    log_rho = ref - new
    if kind == "k1":
        out = new - ref
    elif kind == "k2":
        out = log_rho.pow(2).mul(0.5)
    else:
        out = torch.exp(log_rho) - 1 - log_rho
    mean = out.sum() / mask.sum().clamp(min=1)
    return out.to(log_probs.dtype), mean.to(log_probs.dtype)
