"""`DecoderLayer` against torch.nn.TransformerDecoderLayer with the same weights."""

from __future__ import annotations

import pytest
import torch
from torch import nn

SHAPES = [(12, 3, 20, 2, 5, 7), (8, 1, 6, 3, 4, 4), (10, 5, 40, 1, 6, 2)]


def _copy_attention(ours, theirs):
    theirs.in_proj_weight.copy_(torch.cat([ours.W_q.weight, ours.W_k.weight, ours.W_v.weight]))
    theirs.in_proj_bias.zero_()
    theirs.out_proj.weight.copy_(ours.W_o.weight)
    theirs.out_proj.bias.zero_()


def _pair(reference, d_model, num_heads, d_ff, seed):
    """Ours and torch's post-norm layer in float64, with equal weights and biases of attention at zero."""
    torch.manual_seed(seed)
    ours = reference("decoder-layer").DecoderLayer(d_model, num_heads, d_ff).double()
    theirs = nn.TransformerDecoderLayer(
        d_model, num_heads, d_ff, dropout=0.0, batch_first=True, norm_first=False, dtype=torch.float64
    )
    with torch.no_grad():
        for norm in (ours.norm_1, ours.norm_2, ours.norm_3):
            norm.weight.normal_(1.0, 0.5)
            norm.bias.normal_()
        _copy_attention(ours.self_attention, theirs.self_attn)
        _copy_attention(ours.cross_attention, theirs.multihead_attn)
    theirs.linear1.load_state_dict(ours.feed_forward.W_1.state_dict())
    theirs.linear2.load_state_dict(ours.feed_forward.W_2.state_dict())
    theirs.norm1.load_state_dict(ours.norm_1.state_dict())
    theirs.norm2.load_state_dict(ours.norm_2.state_dict())
    theirs.norm3.load_state_dict(ours.norm_3.state_dict())
    return ours, theirs


def _random_mask(*shape):
    mask = torch.rand(shape) < 0.6
    mask[..., 0] = True
    return mask


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("d_model", "num_heads", "d_ff", "batch", "target", "source"), SHAPES)
@pytest.mark.parametrize("masked", [False, True])
def test_equals_torch_forwards_and_backwards(
    reference, seed, d_model, num_heads, d_ff, batch, target, source, masked
):
    ours, theirs = _pair(reference, d_model, num_heads, d_ff, seed)
    x = torch.randn(batch, target, d_model, dtype=torch.float64, requires_grad=True)
    memory = torch.randn(batch, source, d_model, dtype=torch.float64, requires_grad=True)
    masks = (
        [_random_mask(batch, target, target), _random_mask(batch, target, source)] if masked else [None, None]
    )
    blocked = [None if mask is None else (~mask).repeat_interleave(num_heads, dim=0) for mask in masks]
    results = [ours(x, memory, *masks), theirs(x, memory, tgt_mask=blocked[0], memory_mask=blocked[1])]
    torch.testing.assert_close(*results)
    weights = torch.randn_like(results[0])
    gradients = [torch.autograd.grad((result * weights).sum(), (x, memory)) for result in results]
    torch.testing.assert_close(*gradients)


@pytest.mark.parametrize("seed", range(3))
def test_causal_and_padding_masks_mean_what_they_mean_to_torch(reference, seed):
    ours, theirs = _pair(reference, 12, 3, 20, seed)
    x, memory = torch.randn(3, 5, 12).double(), torch.randn(3, 6, 12).double()
    causal = torch.ones(5, 5, dtype=torch.bool).tril()
    real = torch.arange(6) < torch.tensor([6, 2, 4])[:, None]
    expected = theirs(x, memory, tgt_mask=~causal, memory_key_padding_mask=~real)
    torch.testing.assert_close(ours(x, memory, causal, real[:, None, :]), expected)
    later = torch.cat([x[:, :3], torch.randn(3, 2, 12).double()], dim=1)
    torch.testing.assert_close(ours(later, memory, causal, real[:, None, :])[:, :3], expected[:, :3])
