"""Knowledge distillation (Hinton et al. 2015, §2)."""

from torch import Tensor
from torch.nn import functional


def distillation_loss(
    student: Tensor,
    teacher: Tensor,
    labels: Tensor,
    temperature: float,
    alpha: float,
    ignore_index: int = -100,
) -> Tensor:
    """alpha · T² · KL(teacher ‖ student) + (1 − alpha) · cross-entropy.

    Shapes: student (..., V), teacher (..., V), labels (...) -> ().
    """
    counted = labels != ignore_index  # N of them are True
    student = student[counted]  # (N, V)
    teacher = teacher[counted].detach()  # (N, V), a constant

    log_p = (teacher / temperature).log_softmax(-1)
    log_q = (student / temperature).log_softmax(-1)
    soft = (log_p.exp() * (log_p - log_q)).sum()  # KL(p ‖ q), all rows
    hard = functional.cross_entropy(student, labels[counted], reduction="sum")

    # gradients of the soft part shrink with 1/T²; T² makes up for it
    total = alpha * temperature**2 * soft + (1 - alpha) * hard
    return total / counted.sum().clamp(min=1)
