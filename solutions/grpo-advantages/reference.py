"""Group-relative advantages of GRPO (Shao et al. 2024, §4.1.2)."""

from torch import Tensor


def grpo_advantages(
    rewards: Tensor, group_size: int, eps: float = 1e-4, scale: bool = True
) -> Tensor:
    """How much better each answer is than the others to the same prompt.

    Shapes: rewards (P·G,), the G answers to one prompt next to each other
    -> (P·G,). `scale=False` leaves out the standard deviation (Dr. GRPO).
    Raises ValueError if the last group is incomplete.
    """
    if rewards.numel() % group_size:
        raise ValueError(
            f"{rewards.numel()} rewards do not make groups of {group_size}"
        )
    groups = rewards.reshape(-1, group_size)  # (P, G)
    centred = groups - groups.mean(-1, keepdim=True)  # the group is the critic
    if scale and group_size > 1:  # the std of one number is NaN
        centred = centred / (groups.std(-1, keepdim=True) + eps)
    return centred.reshape(-1)
