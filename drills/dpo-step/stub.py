from torch import Tensor, nn
from torch.optim import Optimizer


def dpo_step(
    policy: nn.Module,
    reference: nn.Module,
    optimizer: Optimizer,
    batch: dict[str, Tensor],
    beta: float = 0.1,
) -> dict[str, float]:
    """Ids and masks (B, T₁) and (B, T₂) -> loss, margin and accuracy; changes the policy."""
    raise NotImplementedError
