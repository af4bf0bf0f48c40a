"""F.kl_div with log targets, and weights for the counted positions."""

import torch
import torch.nn.functional as F


def distillation_loss(
    student, teacher, labels, temperature, alpha, ignore_index=-100
):
    with torch.no_grad():
        target = F.log_softmax(teacher / temperature, dim=-1)
    guess = F.log_softmax(student / temperature, dim=-1)
    soft = F.kl_div(guess, target, log_target=True, reduction="none").sum(-1)
    weights = (labels != ignore_index).to(student.dtype)
    flat = student.reshape(-1, student.shape[-1])
    hard = F.cross_entropy(
        flat, labels.reshape(-1), ignore_index=ignore_index, reduction="none"
    )
    each = alpha * temperature**2 * soft + (1 - alpha) * hard.view(labels.shape)
    return (each * weights).sum() / weights.sum().clamp(min=1)
