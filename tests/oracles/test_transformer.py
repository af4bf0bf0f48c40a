"""`Transformer` against torch's stacks in float64, and what masks and shift promise."""

from __future__ import annotations

import pytest
import torch
from torch import nn

PAD, BOS = 4, 9


def _model(reference, seed=0, layers=2):
    torch.manual_seed(seed)
    return reference("transformer").Transformer(11, 12, 2, 20, layers, PAD, BOS).double()


def _tokens(*shape):
    ids = torch.randint(0, 10, shape)
    return ids + (ids >= PAD)


def _copy(ours, theirs):
    theirs.in_proj_weight.copy_(torch.cat([ours.W_q.weight, ours.W_k.weight, ours.W_v.weight]))
    theirs.in_proj_bias.zero_()
    theirs.out_proj.weight.copy_(ours.W_o.weight)
    theirs.out_proj.bias.zero_()


def _torchs(ours):
    """torch's stacks with our weights; its two final norms, which the paper lacks, are left out."""
    theirs = nn.Transformer(12, 2, 2, 2, 20, dropout=0.0, batch_first=True, dtype=torch.float64)
    theirs.encoder.norm = theirs.decoder.norm = None
    pairs = [
        *zip(ours.encoder, theirs.encoder.layers, strict=True),
        *zip(ours.decoder, theirs.decoder.layers, strict=True),
    ]
    with torch.no_grad():
        for mine, other in pairs:
            _copy(mine.self_attention, other.self_attn)
            if hasattr(mine, "cross_attention"):
                _copy(mine.cross_attention, other.multihead_attn)
            other.linear1.load_state_dict(mine.feed_forward.W_1.state_dict())
            other.linear2.load_state_dict(mine.feed_forward.W_2.state_dict())
    return theirs


@pytest.mark.parametrize("seed", range(3))
def test_logits_and_gradients_are_those_of_torchs_stacks(reference, seed):
    ours = _model(reference, seed)
    theirs = _torchs(ours)
    source, target = _tokens(3, 6), _tokens(3, 5)
    source[1, 3:], target[2, 2:] = PAD, PAD
    given = torch.cat([torch.full((3, 1), BOS), target[:, :-1]], dim=1)

    def embedded(ids):
        position = torch.arange(ids.size(1), dtype=torch.float64)[:, None]
        rate = torch.exp(-torch.arange(0, 12, 2, dtype=torch.float64) / 12 * torch.log(torch.tensor(10000.0)))
        table = torch.stack([(position * rate).sin(), (position * rate).cos()], dim=-1).flatten(1)
        return nn.functional.embedding(ids, ours.embedding.weight) * 12**0.5 + table

    states = theirs(
        embedded(source),
        embedded(given),
        tgt_mask=torch.ones(5, 5, dtype=torch.bool).triu(1),
        src_key_padding_mask=source == PAD,
        tgt_key_padding_mask=given == PAD,
        memory_key_padding_mask=source == PAD,
    )
    expected = nn.functional.linear(states, ours.embedding.weight)
    result = ours(source, target)
    torch.testing.assert_close(result, expected, rtol=1e-6, atol=1e-6)  # our position table is float32
    gradients = [torch.autograd.grad(out.square().sum(), ours.embedding.weight) for out in (result, expected)]
    torch.testing.assert_close(*gradients, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("place", range(5))
def test_a_token_moves_only_the_logits_after_its_own(reference, place):
    model, source, target = _model(reference), _tokens(1, 4), _tokens(1, 5)
    other = target.clone()
    other[0, place] = (target[0, place] + 1) % PAD
    moved = (model(source, target) - model(source, other)).abs().amax(dim=-1)[0]
    assert moved[: place + 1].max() == 0
    assert (moved[place + 1 :] > 0).all()


def test_a_padded_batch_equals_its_sequences_one_by_one(reference):
    model = _model(reference)
    sources, targets = [_tokens(1, 6), _tokens(1, 3)], [_tokens(1, 2), _tokens(1, 5)]

    def padded(sequences):
        return nn.utils.rnn.pad_sequence([ids[0] for ids in sequences], batch_first=True, padding_value=PAD)

    together = model(padded(sources), padded(targets))
    for row, (source, target) in enumerate(zip(sources, targets, strict=True)):
        alone = model(source, target)
        torch.testing.assert_close(together[row : row + 1, : target.size(1)], alone)


def test_the_base_model_has_as_many_parameters_as_counted(reference):
    with torch.device("meta"):
        model = reference("transformer").Transformer(37000, 512, 8, 2048, 6, 0, 1)
    matrices = [parameter.numel() for parameter in model.parameters() if parameter.dim() == 2]
    assert sum(matrices) - 37000 * 512 == 6 * (12 + 16) * 512**2
