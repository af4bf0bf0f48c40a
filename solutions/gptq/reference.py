"""GPTQ's column update (Frantar et al. 2022, §4)."""

import torch
from torch import Tensor


def hessian(x: Tensor, damping: float = 0.01) -> Tensor:
    """x (..., d_in) -> H (d_in, d_in) in float32, damped."""
    rows = x.float().reshape(-1, x.shape[-1])  # (n, d_in)
    h = 2 / len(rows) * (rows.T @ rows)
    diagonal = h.diagonal()  # a view: what is written here is written in h
    diagonal[diagonal == 0] = 1.0
    diagonal += damping * diagonal.mean()
    return h


def gptq(w: Tensor, h: Tensor, scale: Tensor, bits: int = 4) -> Tensor:
    """w (d_out, d_in), scale (d_out, 1) -> q (d_out, d_in), int8."""
    largest = 2 ** (bits - 1) - 1
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(h))
    u = torch.linalg.cholesky(inverse, upper=True)  # H⁻¹ = UᵀU
    w = w.float().clone()  # updated in place, from left to right
    columns = []
    for j in range(w.shape[1]):
        column = w[:, j : j + 1]  # (d_out, 1): all rows at once
        q = torch.round(column / scale).clamp(-largest, largest)
        error = (column - q * scale) / u[j, j]
        w[:, j + 1 :] -= error * u[j, j + 1 :]
        columns.append(q)
    return torch.cat(columns, dim=1).to(torch.int8)
