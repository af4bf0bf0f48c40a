"""Hidden tests of `top_k_filter`; the logits of a row are quarters, all different, exact in bfloat16.

Whether the gradient of a logit that was −∞ before passes is nobody's concern, so it is not compared.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Rows of a batch, several k", zh="一个 batch 的各行，不同的 k")
def values(impl, t: Tools):
    logits = apart(t, 4, 9)
    return [impl.top_k_filter(logits, k) for k in (1, 2, 5, 8)]


@probe(en="Rows at different levels", zh="各行的数值高低不同")
def levels(impl, t: Tools):
    logits = apart(t, 3, 7) + torch.tensor([[20.0], [0.0], [-20.0]])
    return [impl.top_k_filter(logits, 3), impl.top_k_filter(-logits, 2)]


@probe(en="One row, and several leading dimensions", zh="单独一行，以及多个前置维度")
def leading_dimensions(impl, t: Tools):
    logits = apart(t, 2, 3, 8)
    return [
        impl.top_k_filter(logits[0, 0], 3),
        impl.top_k_filter(logits, 3),
        impl.top_k_filter(logits[:, 1], 4),
    ]


@probe(en="k equal to V, and larger", zh="k 等于 V，以及大于 V")
def large_k(impl, t: Tools):
    logits = apart(t, 3, 5)
    return [impl.top_k_filter(logits, k) for k in (5, 6, 50)]


@probe(en="Logits that are −∞ already", zh="有些 logit 已经是 −∞", no_grad=True)
def already_masked(impl, t: Tools):
    logits = apart(t, 3, 8)
    logits[0, 2] = logits[1, :5] = logits[2, 1:] = -torch.inf
    return [impl.top_k_filter(logits, k) for k in (1, 2, 4, 8)]


@probe(en="Only k below 1 raises ValueError", zh="只有 k 小于 1 时抛出 ValueError", no_grad=True)
def bad_k(impl, t: Tools):
    logits = apart(t, 2, 4)
    return [t.raises(lambda k=k: impl.top_k_filter(logits, k)) for k in (0, -1, 1, 4, 9)]


def apart(t: Tools, *shape: int):
    """Logits that are quarters, all different in a row."""
    return t.rand(*shape).argsort(dim=-1).argsort(dim=-1) / 4 - 1
