"""The same weights in PyTorch's Transformer, layer by layer.

Its encoder and decoder end with a LayerNorm that the paper does not have;
both are taken off. Embeddings and logits are not part of it.
"""

import math

import torch
from torch import nn

COUNTERPART = "torch.nn.Transformer"
PAD, BOS, WIDTH, LAYERS = 0, 1, 24, 2


def pairs(implementation, seed):
    """Every layer's output, then the logits; padding on both sides."""
    torch.manual_seed(seed)
    ours = implementation.Transformer(30, WIDTH, 4, 40, LAYERS, PAD, BOS)
    theirs = nn.Transformer(
        WIDTH, 4, LAYERS, LAYERS, 40, dropout=0.0, batch_first=True
    )
    theirs.encoder.norm = theirs.decoder.norm = None
    matching = [
        *zip(ours.encoder, theirs.encoder.layers, strict=True),
        *zip(ours.decoder, theirs.decoder.layers, strict=True),
    ]
    for mine, other in matching:
        copy_layer(mine, other)
    source, target = torch.randint(2, 30, (3, 7)), torch.randint(2, 30, (3, 6))
    source[1, 4:], target[2, 3:] = PAD, PAD
    shifted = torch.cat((torch.full((3, 1), BOS), target[:, :-1]), dim=1)

    outputs = {}
    for stack in (ours.encoder, ours.decoder):
        for layer in stack:
            layer.register_forward_hook(
                lambda layer, _, output: outputs.setdefault(layer, output)
            )
    logits = ours(source, target)

    memory = embedded(ours, source)
    places = iter(
        f"{side}.{i}" for side in ("encoder", "decoder") for i in range(LAYERS)
    )
    for mine, layer in zip(ours.encoder, theirs.encoder.layers, strict=True):
        memory = layer(memory, src_key_padding_mask=source == PAD)
        yield next(places), outputs[mine], memory
    x = embedded(ours, shifted)
    future = torch.ones(6, 6, dtype=torch.bool).triu(1)
    for mine, layer in zip(ours.decoder, theirs.decoder.layers, strict=True):
        x = layer(
            x,
            memory,
            tgt_mask=future,
            tgt_key_padding_mask=shifted == PAD,
            memory_key_padding_mask=source == PAD,
        )
        yield next(places), outputs[mine], x
    yield "logits", logits, x @ ours.embedding.weight.T


def embedded(ours, ids):
    """√d_model · embedding + sinusoids, written the long way round."""
    table = torch.zeros(ids.size(1), WIDTH)
    for position in range(ids.size(1)):
        for i in range(0, WIDTH, 2):
            angle = position / 10000 ** (i / WIDTH)
            table[position, i] = math.sin(angle)
            table[position, i + 1] = math.cos(angle)
    return math.sqrt(WIDTH) * ours.embedding.weight[ids] + table


def copy_layer(mine, other):
    """Copy our weights over; attention there has biases, which become 0."""
    copy_attention(mine.self_attention, other.self_attn)
    if hasattr(mine, "cross_attention"):
        copy_attention(mine.cross_attention, other.multihead_attn)
    other.linear1.load_state_dict(mine.feed_forward.W_1.state_dict())
    other.linear2.load_state_dict(mine.feed_forward.W_2.state_dict())
    for number in "123":
        norm = getattr(mine, f"norm_{number}", None)
        if norm is not None:
            nn.init.normal_(norm.weight, mean=1.0, std=0.3)
            nn.init.normal_(norm.bias, std=0.3)
            getattr(other, f"norm{number}").load_state_dict(norm.state_dict())


def copy_attention(mine, other):
    """Three matrices into one, and the output projection."""
    stacked = [mine.W_q.weight, mine.W_k.weight, mine.W_v.weight]
    other.in_proj_weight.data.copy_(torch.cat([w.data for w in stacked]))
    other.in_proj_bias.data.zero_()
    other.out_proj.weight.data.copy_(mine.W_o.weight.data)
    other.out_proj.bias.data.zero_()
