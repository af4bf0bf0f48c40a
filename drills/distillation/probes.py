"""Hidden tests of `distillation_loss`: T is far from 1, alpha from 1/2, and both parts are seen alone too."""

import torch

from llmprep.judge.probes import Tools, probe

IGNORED = -100


@probe(en="Both parts, every label counted", zh="两部分相加，所有标签计入")
def both_parts(impl, t: Tools):
    student, teacher = t.randn(2, 3, 7, scale=2.0), t.randn(2, 3, 7, scale=2.0)
    return impl.distillation_loss(student, teacher, t.randint(0, 7, 2, 3), 2.5, 0.7)


@probe(en="The soft part alone, at three temperatures", zh="只有软目标，三种温度")
def soft_part(impl, t: Tools):
    student, teacher, labels = t.randn(4, 5, scale=2.0), t.randn(4, 5, scale=3.0), t.randint(0, 5, 4)
    return [impl.distillation_loss(student, teacher, labels, T, 1.0) for T in (0.5, 1.0, 4.0)]


@probe(en="The hard part alone", zh="只有硬标签")
def hard_part(impl, t: Tools):
    student, teacher = t.randn(3, 4, 6, scale=2.0), t.randn(3, 4, 6, scale=2.0)
    labels = t.randint(0, 6, 3, 4)
    labels[0, 1:], labels[2, 0] = IGNORED, IGNORED
    return impl.distillation_loss(student, teacher, labels, 3.0, 0.0)


@probe(en="Ignored labels count in neither part", zh="被忽略的标签两部分都不计入")
def ignored(impl, t: Tools):
    student, teacher = t.randn(3, 5, 4, scale=2.0), t.randn(3, 5, 4, scale=2.0)
    labels = t.randint(0, 4, 3, 5)
    labels[0, 1:], labels[1, :3], labels[2, 4] = IGNORED, IGNORED, IGNORED
    other = labels.masked_fill(labels == IGNORED, 2)
    return [
        impl.distillation_loss(student, teacher, labels, 2.0, 0.4),
        impl.distillation_loss(student, teacher, other, 2.0, 0.4, ignore_index=2),
    ]


@probe(en="No label counts, or a single one", zh="没有标签计入，或只有一个")
def few_labels(impl, t: Tools):
    none = torch.full((2, 3), IGNORED)
    one = none.clone()
    one[1, 2] = 4
    return [
        impl.distillation_loss(t.randn(2, 3, 5), t.randn(2, 3, 5), labels, 2.0, 0.3) for labels in (none, one)
    ]


@probe(en="Student and teacher agree", zh="学生与教师一致")
def agreement(impl, t: Tools):
    logits, labels = t.randn(3, 6, scale=2.0), t.randint(0, 6, 3)
    soft = impl.distillation_loss(logits, logits + 3.0, labels, 2.0, 1.0)
    both = impl.distillation_loss(logits, logits.clone(), labels, 2.0, 0.5)
    return [1.0 + soft, both]  # beside 1, for the rounding of a true zero is no one's mistake


@probe(en="The teacher receives no gradient", zh="教师没有梯度", no_grad=True, dtypes=False)
def no_gradient_for_the_teacher(impl, t: Tools):
    student, teacher = t.randn(3, 6).requires_grad_(), t.randn(3, 6).requires_grad_()
    loss = impl.distillation_loss(student, teacher, t.randint(0, 6, 3), 3.0, 0.6)
    gradients = torch.autograd.grad(loss, (student, teacher), allow_unused=True)
    return [loss, gradients[0], 0.0 if gradients[1] is None else gradients[1].abs().max()]


# not in bfloat16: logits in the hundreds are rounded by more than the loss of a right answer
@probe(en="Logits in the hundreds", zh="logits 上百", dtypes=False)
def large_logits(impl, t: Tools):
    student, teacher = t.randn(2, 3, 5, scale=300.0), t.randn(2, 3, 5, scale=300.0)
    return impl.distillation_loss(student, teacher, t.randint(0, 5, 2, 3), 0.8, 0.5)
