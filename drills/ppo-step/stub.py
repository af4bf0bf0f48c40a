from torch import Tensor


def ppo_step(
    policy: Tensor,
    critic: Tensor,
    reference: Tensor,
    ids: Tensor,
    mask: Tensor,
    scores: Tensor,
    epochs: int = 2,
    learning_rate: float = 0.1,
    beta: float = 0.1,
    gamma: float = 1.0,
    lam: float = 0.95,
    epsilon: float = 0.2,
    value_coefficient: float = 0.5,
) -> tuple[Tensor, Tensor, Tensor]:
    """Tables (V, V), (V,), (V, V), ids and mask (B, T), scores (B,) -> new policy, new critic, losses."""
    raise NotImplementedError
