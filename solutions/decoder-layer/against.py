"""PyTorch's own post-norm decoder layer, with the same weights."""

import torch
from torch import nn

COUNTERPART = "torch.nn.TransformerDecoderLayer"


def pairs(implementation, seed):
    """Without masks, then with a causal and a padding mask."""
    torch.manual_seed(seed)
    ours = implementation.DecoderLayer(12, 3, 20)
    theirs = nn.TransformerDecoderLayer(12, 3, 20, 0.0, batch_first=True)
    copy_attention(ours.self_attention, theirs.self_attn)
    copy_attention(ours.cross_attention, theirs.multihead_attn)
    theirs.linear1.load_state_dict(ours.feed_forward.W_1.state_dict())
    theirs.linear2.load_state_dict(ours.feed_forward.W_2.state_dict())
    for number in (1, 2, 3):
        norm = getattr(theirs, f"norm{number}")
        norm.load_state_dict(getattr(ours, f"norm_{number}").state_dict())
    x, memory = torch.randn(2, 5, 12), torch.randn(2, 7, 12)
    yield "no mask", ours(x, memory), theirs(x, memory)
    causal = torch.ones(5, 5, dtype=torch.bool).tril()
    real = torch.arange(7) < torch.tensor([[7], [4]])
    masks = {"tgt_mask": ~causal, "memory_key_padding_mask": ~real}
    masked = ours(x, memory, causal, real[:, None, :])
    yield "masks", masked, theirs(x, memory, **masks)


@torch.no_grad()
def copy_attention(ours, theirs):
    """Their attention has the three projections in one, and biases."""
    inputs = [ours.W_q.weight, ours.W_k.weight, ours.W_v.weight]
    theirs.in_proj_weight.copy_(torch.cat(inputs))
    theirs.in_proj_bias.zero_()
    theirs.out_proj.weight.copy_(ours.W_o.weight)
    theirs.out_proj.bias.zero_()
