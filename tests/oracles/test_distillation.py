"""`distillation_loss` against torch's kl_div and cross_entropy, and what must hold of its gradient."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("temperature", "alpha"), [(1.0, 0.5), (2.0, 0.9), (5.0, 0.1), (0.5, 1.0)])
@pytest.mark.parametrize("shape", [(6,), (3, 4)])
def test_equals_torch_with_gradients(reference, seed, temperature, alpha, shape):
    torch.manual_seed(seed)
    student = torch.randn(*shape, 9, dtype=torch.float64, requires_grad=True)
    teacher = torch.randn(*shape, 9, dtype=torch.float64) * 2
    labels = torch.randint(9, shape)
    labels[torch.rand(shape) < 0.3] = -100
    labels[..., 0] = 5
    ours = reference("distillation").distillation_loss(student, teacher, labels, temperature, alpha)

    counted = labels != -100
    log_q = functional.log_softmax(student[counted] / temperature, dim=-1)
    p = functional.softmax(teacher[counted] / temperature, dim=-1)
    soft = functional.kl_div(log_q, p, reduction="batchmean") * temperature**2
    hard = functional.cross_entropy(student.view(-1, 9), labels.view(-1))
    theirs = alpha * soft + (1 - alpha) * hard
    torch.testing.assert_close(ours, theirs)
    torch.testing.assert_close(*(torch.autograd.grad(loss, student)[0] for loss in (ours, theirs)))


def test_a_high_temperature_matches_centred_logits(reference):
    torch.manual_seed(0)
    student = torch.randn(1, 7, dtype=torch.float64, requires_grad=True)
    teacher = torch.randn(1, 7, dtype=torch.float64)
    loss = reference("distillation").distillation_loss(student, teacher, torch.tensor([0]), 1e4, 1.0)
    (gradient,) = torch.autograd.grad(loss, student)
    centred = (student - student.mean()) - (teacher - teacher.mean())
    torch.testing.assert_close(gradient, centred.detach() / 7, rtol=1e-3, atol=1e-6)
