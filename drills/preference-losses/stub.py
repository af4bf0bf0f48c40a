from torch import Tensor


def ipo_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    reference_chosen: Tensor,
    reference_rejected: Tensor,
    beta: float,
) -> Tensor:
    """Four summed log-probabilities (B,) -> ()."""
    raise NotImplementedError


def simpo_loss(
    chosen: Tensor,
    rejected: Tensor,
    chosen_lengths: Tensor,
    rejected_lengths: Tensor,
    beta: float = 2.0,
    gamma: float = 1.0,
) -> Tensor:
    """Summed log-probabilities and numbers of tokens, all (B,) -> ()."""
    raise NotImplementedError


def orpo_loss(
    chosen: Tensor,
    rejected: Tensor,
    chosen_lengths: Tensor,
    rejected_lengths: Tensor,
    lam: float = 0.1,
) -> Tensor:
    """Summed log-probabilities and numbers of tokens, all (B,) -> ()."""
    raise NotImplementedError


def kto_loss(
    policy: Tensor,
    reference: Tensor,
    desirable: Tensor,
    mismatched_policy: Tensor,
    mismatched_reference: Tensor,
    beta: float = 0.1,
    desirable_weight: float = 1.0,
    undesirable_weight: float = 1.0,
) -> Tensor:
    """Summed log-probabilities (N,) and (M,), desirable boolean (N,) -> ()."""
    raise NotImplementedError
