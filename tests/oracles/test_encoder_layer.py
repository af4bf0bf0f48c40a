"""`EncoderLayer` against torch.nn.TransformerEncoderLayer with the same weights."""

from __future__ import annotations

import pytest
import torch
from torch import nn

SHAPES = [(12, 3, 20, 2, 5), (8, 1, 6, 3, 4), (10, 5, 40, 1, 7)]


def _pair(reference, d_model, num_heads, d_ff, seed):
    """Ours and torch's post-norm layer in float64, with equal weights and biases of attention at zero."""
    torch.manual_seed(seed)
    ours = reference("encoder-layer").EncoderLayer(d_model, num_heads, d_ff).double()
    theirs = nn.TransformerEncoderLayer(
        d_model, num_heads, d_ff, dropout=0.0, batch_first=True, norm_first=False, dtype=torch.float64
    )
    with torch.no_grad():
        for norm in (ours.norm_1, ours.norm_2):
            norm.weight.normal_(1.0, 0.5)
            norm.bias.normal_()
        attention = ours.self_attention
        theirs.self_attn.in_proj_weight.copy_(
            torch.cat([attention.W_q.weight, attention.W_k.weight, attention.W_v.weight])
        )
        theirs.self_attn.in_proj_bias.zero_()
        theirs.self_attn.out_proj.weight.copy_(attention.W_o.weight)
        theirs.self_attn.out_proj.bias.zero_()
    theirs.linear1.load_state_dict(ours.feed_forward.W_1.state_dict())
    theirs.linear2.load_state_dict(ours.feed_forward.W_2.state_dict())
    theirs.norm1.load_state_dict(ours.norm_1.state_dict())
    theirs.norm2.load_state_dict(ours.norm_2.state_dict())
    return ours, theirs


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("d_model", "num_heads", "d_ff", "batch", "length"), SHAPES)
@pytest.mark.parametrize("scale", [1.0, 1e-3])
@pytest.mark.parametrize("masked", [False, True])
def test_equals_torch_forwards_and_backwards(
    reference, seed, d_model, num_heads, d_ff, batch, length, scale, masked
):
    ours, theirs = _pair(reference, d_model, num_heads, d_ff, seed)
    x = (torch.randn(batch, length, d_model, dtype=torch.float64) * scale).requires_grad_(True)
    mask = blocked = None
    if masked:
        mask = torch.rand(batch, length, length) < 0.6
        mask[..., 0] = True
        blocked = (~mask).repeat_interleave(num_heads, dim=0)
    results = [ours(x, mask), theirs(x, src_mask=blocked)]
    torch.testing.assert_close(*results)
    weights = torch.randn_like(results[0])
    gradients = [torch.autograd.grad((result * weights).sum(), x)[0] for result in results]
    torch.testing.assert_close(*gradients)


@pytest.mark.parametrize("seed", range(3))
def test_a_padding_mask_hides_what_torch_hides(reference, seed):
    ours, theirs = _pair(reference, 12, 3, 20, seed)
    x = torch.randn(3, 6, 12, dtype=torch.float64)
    real = torch.arange(6) < torch.tensor([6, 2, 4])[:, None]
    result, expected = ours(x, real[:, None, :]), theirs.train()(x, src_key_padding_mask=~real)
    torch.testing.assert_close(result[real], expected[real])
    changed = torch.where(real[..., None], x, torch.randn_like(x))
    torch.testing.assert_close(ours(changed, real[:, None, :])[real], result[real])
