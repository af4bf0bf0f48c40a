import torch


def kl_estimate(log_probs, reference_log_probs, mask, kind="k3"):
    d = log_probs[mask] - reference_log_probs[mask].detach()
    match kind:
        case "k1":
            k = d
        case "k2":
            k = d * d * 0.5
        case "k3":
            k = torch.expm1(-d) + d
        case _:
            raise ValueError(f"unknown estimator {kind}")
    out = torch.zeros_like(log_probs)
    out[mask] = k
    return out, k.mean() if k.numel() else log_probs.new_zeros(())
