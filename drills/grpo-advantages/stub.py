from torch import Tensor


def grpo_advantages(rewards: Tensor, group_size: int, eps: float = 1e-4, scale: bool = True) -> Tensor:
    """Rewards (P*G,), the answers to one prompt next to each other -> advantages (P*G,)."""
    raise NotImplementedError
