"""logsumexp by hand, in at least float32."""

import torch


def distillation_loss(
    student, teacher, labels, temperature, alpha, ignore_index=-100
):
    dtype = student.dtype
    wide = torch.promote_types(dtype, torch.float32)
    keep = labels.ne(ignore_index).flatten()
    z = student.flatten(0, -2)[keep].to(wide)
    v = teacher.detach().flatten(0, -2)[keep].to(wide)
    y = labels.flatten()[keep]
    a, b = v / temperature, z / temperature
    p = torch.softmax(a, -1)
    log_ratio = a - b - (a.logsumexp(-1) - b.logsumexp(-1)).unsqueeze(-1)
    soft = (p * log_ratio).sum(-1)
    hard = z.logsumexp(-1) - z[torch.arange(len(y)), y]
    loss = alpha * temperature * temperature * soft + hard - alpha * hard
    return (loss.sum() / max(len(y), 1)).to(dtype)
