"""PyTorch's own post-norm encoder layer, with the same weights."""

import torch
from torch import nn

COUNTERPART = "torch.nn.TransformerEncoderLayer"


def pairs(implementation, seed):
    """Without and with a padding mask."""
    torch.manual_seed(seed)
    ours = implementation.EncoderLayer(12, 3, 20)
    theirs = nn.TransformerEncoderLayer(12, 3, 20, 0.0, batch_first=True)
    copy_attention(ours.self_attention, theirs.self_attn)
    theirs.linear1.load_state_dict(ours.feed_forward.W_1.state_dict())
    theirs.linear2.load_state_dict(ours.feed_forward.W_2.state_dict())
    theirs.norm1.load_state_dict(ours.norm_1.state_dict())
    theirs.norm2.load_state_dict(ours.norm_2.state_dict())
    x = torch.randn(2, 5, 12)
    yield "no mask", ours(x), theirs(x)
    real = torch.arange(5) < torch.tensor([[5], [3]])
    hidden = theirs(x, src_key_padding_mask=~real)
    yield "padding", ours(x, real[:, None, :]), hidden


@torch.no_grad()
def copy_attention(ours, theirs):
    """Their attention has the three projections in one, and biases."""
    inputs = [ours.W_q.weight, ours.W_k.weight, ours.W_v.weight]
    theirs.in_proj_weight.copy_(torch.cat(inputs))
    theirs.in_proj_bias.zero_()
    theirs.out_proj.weight.copy_(ours.W_o.weight)
    theirs.out_proj.bias.zero_()
