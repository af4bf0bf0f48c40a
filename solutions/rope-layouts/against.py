"""LLaMA (halves) and GPT-J (neighbours) in transformers."""

import torch

COUNTERPART = "transformers.models.llama.modeling_llama.apply_rotary_pos_emb"


def pairs(implementation, seed):
    """Both rotations, then scores of converted weights in their LLaMA."""
    from transformers import LlamaConfig
    from transformers.models.gptj import modeling_gptj as gptj
    from transformers.models.llama import modeling_llama as llama

    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(2, 7, 18, generator=generator)
    w_q, w_k = torch.randn(2, 4 * 12, 18, generator=generator)
    q, k = ((x @ w.T).unflatten(-1, (4, 12)) for w in (w_q, w_k))
    positions = torch.arange(3, 10)

    config = LlamaConfig(
        hidden_size=48,
        num_attention_heads=4,
        rope_parameters={"rope_type": "default", "rope_theta": 10000.0},
    )
    tables = llama.LlamaRotaryEmbedding(config)(x, positions[None])
    halves, _ = llama.apply_rotary_pos_emb(q, k, *tables, 2)
    ours = implementation.rope_half_split(q.transpose(1, 2), positions)
    yield "halves", ours.transpose(1, 2), halves

    table = gptj.create_sinusoidal_positions(10, 12)[None, 3:]
    sin, cos = table.chunk(2, dim=-1)
    neighbours = gptj.apply_rotary_pos_emb(q, sin, cos)
    ours = implementation.rope_interleaved(q.transpose(1, 2), positions)
    yield "neighbours", ours.transpose(1, 2), neighbours

    trained = [gptj.apply_rotary_pos_emb(y, sin, cos) for y in (q, k)]
    convert = implementation.interleaved_to_half_split
    converted = (
        (x @ convert(w, 4).T).unflatten(-1, (4, 12)) for w in (w_q, w_k)
    )
    rotated = llama.apply_rotary_pos_emb(*converted, *tables, 2)
    yield "scores after conversion", _scores(*rotated), _scores(*trained)


def _scores(q, k):
    return q.transpose(1, 2) @ k.permute(0, 2, 3, 1)
