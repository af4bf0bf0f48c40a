"""The frequencies that transformers computes for linear, dynamic and yarn."""

import torch

COUNTERPART = "transformers.modeling_rope_utils.ROPE_INIT_FUNCTIONS"


def pairs(implementation, seed):
    """Logarithms of the frequencies, for several widths, bases and factors."""
    cases = ((64, 4.0, 10000.0), (128, 16.0, 500000.0), (48, 2.5, 10000.0))
    for width, factor, base in cases:
        name = f"width {width}, factor {factor}"
        ours = implementation.linear_frequencies(width, factor, base)
        yield (
            f"linear, {name}",
            ours.log(),
            _theirs("linear", width, factor, base),
        )
        ours = implementation.ntk_frequencies(width, factor, base)
        # With factor 1 the dynamic rule stretches by length / trained length.
        theirs = _theirs("dynamic", width, 1.0, base, int(factor * 2048))
        yield f"NTK, {name}", ours.log(), theirs
        ours, attention = implementation.yarn_frequencies(
            width, factor, 2048, base
        )
        yield f"YaRN, {name}", ours.log(), _theirs("yarn", width, factor, base)
        expected = _call("yarn", width, factor, base)[1]
        yield f"attention, {name}", _number(attention), _number(expected)


def _theirs(kind, *arguments):
    return _call(kind, *arguments)[0].log()


def _call(kind, width, factor, base, length=None):
    from transformers import LlamaConfig
    from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS

    config = LlamaConfig(
        hidden_size=2 * width,
        num_attention_heads=2,
        head_dim=width,
        max_position_embeddings=2048,
        rope_parameters={
            "rope_type": kind,
            "rope_theta": base,
            "factor": factor,
            "original_max_position_embeddings": 2048,
        },
    )
    return ROPE_INIT_FUNCTIONS[kind](config, None, seq_len=length)


def _number(value):
    return torch.tensor(float(value))
