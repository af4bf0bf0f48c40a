"""The FLOPs against torch's counter on a real model, the bytes against its real cache."""

from __future__ import annotations

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

transformers = pytest.importorskip(
    "transformers", reason="oracle library not installed: pip install llmprep[oracles]"
)
SIZES = [(211, 24, 3, 6, 2, 8, 50), (97, 16, 2, 4, 1, 6, 40), (64, 20, 1, 5, 5, 4, 30)]


def described(vocabulary, width, layers, heads, kv_heads, head_width, ffn_width):
    ours = {
        "vocabulary": vocabulary,
        "width": width,
        "layers": layers,
        "heads": heads,
        "kv_heads": kv_heads,
        "head_width": head_width,
        "ffn_width": ffn_width,
        "gated": True,
    }
    config = transformers.LlamaConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        num_key_value_heads=kv_heads,
        head_dim=head_width,
        intermediate_size=ffn_width,
        attn_implementation="eager",
    )
    return ours, transformers.LlamaForCausalLM(config).eval()


def counted(function) -> tuple[int, object]:
    """FLOPs of the products of matrices, without the tiny one that makes the angles of RoPE."""
    counter = FlopCounterMode(display=False)
    with torch.no_grad(), counter:
        result = function()
    rotary = counter.get_flop_counts().get("LlamaForCausalLM.model.rotary_emb", {})
    return counter.get_total_flops() - sum(rotary.values()), result


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("context", [1, 7, 20])
def test_a_decode_step(reference, sizes, context):
    ours, model = described(*sizes)
    with torch.no_grad():
        cache = model(torch.zeros(1, context, dtype=torch.int64)).past_key_values
    step = torch.ones(1, 1, dtype=torch.int64)
    flops, _ = counted(lambda: model(step, past_key_values=cache))
    assert reference("model-arithmetic").decode_flops(ours, context) == flops


@pytest.mark.parametrize("sizes", SIZES)
def test_a_prompt_is_its_decode_steps_with_one_head(reference, sizes):
    """The library computes the whole square of scores, so a prompt is compared through its steps."""
    ours, model = described(*sizes)
    drill, tokens = reference("model-arithmetic"), 9
    head = 2 * ours["vocabulary"] * ours["width"]
    steps = sum(drill.decode_flops(ours, context) for context in range(tokens))
    assert drill.prefill_flops(ours, tokens) == steps - (tokens - 1) * head
    assert drill.training_flops(ours, tokens) == 3 * steps
    flops, _ = counted(lambda: model(torch.zeros(1, tokens, dtype=torch.int64), logits_to_keep=1))
    masked = tokens * (tokens - 1) // 2 * 4 * ours["layers"] * ours["heads"] * ours["head_width"]
    assert drill.prefill_flops(ours, tokens) == flops - masked


@pytest.mark.parametrize("sizes", SIZES)
def test_the_cache(reference, sizes):
    ours, model = described(*sizes)
    with torch.no_grad():
        cache = model(torch.zeros(3, 11, dtype=torch.int64)).past_key_values
    held = sum(
        tensor.numel() * tensor.element_size()
        for layer in cache.layers
        for tensor in (layer.keys, layer.values)
    )
    assert reference("model-arithmetic").kv_cache_bytes(ours, 3, 11, bits=32) == held
