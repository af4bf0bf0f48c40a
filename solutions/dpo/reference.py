"""Direct preference optimisation (Rafailov et al. 2023, §4, Eq. 7)."""

import torch.nn.functional as F
from torch import Tensor


def dpo_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    reference_chosen: Tensor,
    reference_rejected: Tensor,
    beta: float,
    label_smoothing: float = 0.0,
) -> tuple[Tensor, Tensor, Tensor]:
    """Mean of −log σ(h), h = how much better the policy likes the chosen one.

    All arguments (B,) are log π(y | x), summed over tokens. Returns the loss
    () and the implicit rewards (B,) of chosen and rejected, detached.
    `label_smoothing` is the probability that a pair is labelled the wrong way
    round (conservative DPO).
    """
    chosen = beta * (policy_chosen - reference_chosen.detach())  # (B,)
    rejected = beta * (policy_rejected - reference_rejected.detach())
    h = chosen - rejected  # the partition function cancels here
    as_labelled = F.logsigmoid(h)
    flipped = F.logsigmoid(-h)
    losses = -(1 - label_smoothing) * as_labelled - label_smoothing * flipped
    return losses.mean(), chosen.detach(), rejected.detach()
