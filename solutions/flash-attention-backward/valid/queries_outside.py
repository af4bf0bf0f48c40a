"""Queries outside, split and stacked; the scale is put into q once and into dQ at the end."""

import torch


def flash_attention_backward(
    query, key, value, out, lse, grad, block_q, block_k, causal=False
):
    root = query.shape[-1] ** 0.5
    scaled = query / root
    shift = key.shape[-2] - query.shape[-2]
    delta = torch.sum(grad * out, -1)
    lse = torch.nan_to_num(lse, neginf=float("inf"))
    grad_k = [torch.zeros_like(part) for part in key.split(block_k, -2)]
    grad_v = [torch.zeros_like(part) for part in value.split(block_k, -2)]
    grad_q = []
    for i, (qs, g) in enumerate(
        zip(scaled.split(block_q, -2), grad.split(block_q, -2))
    ):
        at = torch.arange(qs.shape[-2]) + i * block_q
        acc = torch.zeros_like(qs)
        for j, (ks, vs) in enumerate(
            zip(key.split(block_k, -2), value.split(block_k, -2))
        ):
            if causal and j * block_k > int(at[-1]) + shift:
                break
            p = torch.einsum("...id,...jd->...ij", qs, ks)
            p.sub_(lse[..., at, None])
            if causal:
                there = torch.arange(ks.shape[-2]) + j * block_k
                p.masked_fill_(there > at[:, None] + shift, float("-inf"))
            p.exp_()
            grad_v[j].add_(torch.einsum("...ij,...id->...jd", p, g))
            ds = torch.einsum("...id,...jd->...ij", g, vs)
            ds.sub_(delta[..., at, None]).mul_(p)
            acc.add_(ds @ ks)
            grad_k[j].add_(torch.einsum("...ij,...id->...jd", ds, qs))
        grad_q.append(acc / root)
    return (
        torch.cat(grad_q, -2),
        torch.cat(grad_k, -2),
        torch.cat(grad_v, -2),
    )
