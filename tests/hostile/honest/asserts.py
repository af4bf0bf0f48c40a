import math

import torch


def attention(q, k, v, mask=None):
    assert q.size(-1) == k.size(-1), "q and k must have one width"
    assert k.size(-2) == v.size(-2)
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
    if mask is not None:
        assert mask.dtype == torch.bool
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = scores.softmax(-1)
    return (weights if mask is None else weights.masked_fill(~mask, 0.0)) @ v


torch.manual_seed(0)
_q, _k, _v = torch.randn(1, 3, 4), torch.randn(1, 5, 4), torch.randn(1, 5, 2)
assert attention(_q, _k, _v).shape == (1, 3, 2)
assert torch.equal(attention(_q, _k, _v), attention(_q, _k, _v, torch.ones(3, 5, dtype=torch.bool)))
assert not attention(_q, _k, _v, torch.zeros(3, 5, dtype=torch.bool)).any()
try:
    attention(_q, _v, _k)
except AssertionError as error:
    assert "width" in str(error)
