from torch import Tensor


def last_token_reward(scores: Tensor, attention_mask: Tensor) -> Tensor:
    """scores (B, T), attention_mask (B, T) True = real token -> (B,)."""
    raise NotImplementedError


def reward_loss(chosen: Tensor, rejected: Tensor, margin: Tensor | float | None = None) -> Tensor:
    """Rewards (B,) of the preferred and the dispreferred answers -> ()."""
    raise NotImplementedError
