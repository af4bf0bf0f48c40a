from torch import Tensor


def kl_divergence(p_logits: Tensor, q_logits: Tensor, reduction: str = "batchmean") -> Tensor:
    """p_logits, q_logits (..., C) -> KL(P‖Q) in nats, a scalar, or (...) for "none"."""
    raise NotImplementedError
