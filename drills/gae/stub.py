from torch import Tensor


def gae(
    rewards: Tensor,
    values: Tensor,
    last_value: Tensor,
    dones: Tensor,
    gamma: float = 0.99,
    lam: float = 0.95,
) -> tuple[Tensor, Tensor]:
    """rewards, values, dones (B, T), last_value (B,) -> advantages (B, T), returns (B, T)."""
    raise NotImplementedError
