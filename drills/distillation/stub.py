from torch import Tensor


def distillation_loss(
    student: Tensor,
    teacher: Tensor,
    labels: Tensor,
    temperature: float,
    alpha: float,
    ignore_index: int = -100,
) -> Tensor:
    """student and teacher logits (..., V), labels (...) -> scalar."""
    raise NotImplementedError
