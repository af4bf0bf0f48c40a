"""The output layer of a BERT block, with a bottleneck before its sum."""

import torch
from torch import nn

COUNTERPART = "transformers.models.bert.modeling_bert.BertOutput"


def pairs(implementation, seed):
    """Without an effect of the adapter, then with it."""
    from transformers import BertConfig
    from transformers.models.bert.modeling_bert import BertOutput

    torch.manual_seed(seed)
    theirs = (
        BertOutput(BertConfig(hidden_size=12, intermediate_size=12))
        .eval()
        .double()
    )
    with torch.no_grad():
        for parameter in theirs.parameters():
            parameter.normal_()
    ours = implementation.AdaptedSublayer(
        theirs.dense, theirs.LayerNorm, 5
    ).double()
    with torch.no_grad():
        for parameter in ours.adapter.parameters():
            parameter.zero_()
    x = torch.randn(2, 4, 12).double()
    yield "silent adapter", ours(x), theirs(x, x)
    with torch.no_grad():
        for parameter in ours.adapter.parameters():
            parameter.normal_()
    adapter = ours.adapter
    bottleneck = nn.Sequential(adapter.down, nn.GELU(), adapter.up)
    hook = theirs.dense.register_forward_hook(
        lambda _m, _a, h: h + bottleneck(h)
    )
    expected = theirs(x, x)
    hook.remove()
    yield "with adapter", ours(x), expected
