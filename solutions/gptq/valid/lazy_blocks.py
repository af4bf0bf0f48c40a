"""Blocks of three columns: updates stay inside the block, one product carries them to the rest."""

import torch


def hessian(x, damping=0.01):
    flat = x.flatten(0, -2).float() if x.dim() > 1 else x.float()[None]
    flat = flat * (2 / flat.size(0)) ** 0.5
    h = flat.mT.matmul(flat)
    diag = h.diag()
    diag = torch.where(diag == 0, torch.ones_like(diag), diag)
    return h - torch.diag(h.diag()) + torch.diag(diag + damping * diag.mean())


def gptq(w, h, scale, bits=4, block=3):
    top = 2 ** (bits - 1) - 1
    work = w.to(torch.float32, copy=True)
    lower = torch.linalg.cholesky(torch.linalg.inv(h))
    upper = lower.mT
    codes = torch.empty_like(work)
    for start in range(0, work.size(1), block):
        end = min(start + block, work.size(1))
        errors = torch.zeros(work.size(0), end - start)
        for j in range(start, end):
            codes[:, j] = torch.clamp(
                torch.round(work[:, j] / scale.squeeze(1)), min=-top, max=top
            )
            errors[:, j - start] = (
                work[:, j] - codes[:, j] * scale.squeeze(1)
            ) / upper[j, j]
            work[:, j:end] -= (
                errors[:, j - start : j - start + 1] * upper[j, j:end]
            )
        work[:, end:] -= errors @ upper[start:end, end:]
    return codes.type(torch.int8)
