from torch import Tensor


def kl_estimate(
    log_probs: Tensor, reference_log_probs: Tensor, mask: Tensor, kind: str = "k3"
) -> tuple[Tensor, Tensor]:
    """All (B, T), mask True = counts -> estimates per token (B, T), their mean ()."""
    raise NotImplementedError
