"""LLaMA's rotary embedding in transformers."""

import torch

COUNTERPART = "transformers.models.llama.modeling_llama.apply_rotary_pos_emb"
WIDTH = 8


def pairs(implementation, seed):
    """Frequencies, then rotated queries and keys."""
    from transformers import LlamaConfig
    from transformers.models.llama import modeling_llama as llama

    config = LlamaConfig(
        hidden_size=3 * WIDTH,
        num_attention_heads=3,
        head_dim=WIDTH,
        rope_parameters={"rope_type": "default", "rope_theta": 10000.0},
    )
    theirs = llama.LlamaRotaryEmbedding(config)
    frequencies = implementation.rope_frequencies(WIDTH)
    yield "frequencies", frequencies, theirs.inv_freq
    generator = torch.Generator().manual_seed(seed)
    q, k = (torch.randn(2, 3, 7, WIDTH, generator=generator) for _ in range(2))
    positions = torch.randint(0, 100, (2, 7), generator=generator)
    expected = llama.apply_rotary_pos_emb(q, k, *theirs(q, positions))
    for name, x, rotated in zip(("q", "k"), (q, k), expected, strict=True):
        yield name, implementation.rope(x, positions.unsqueeze(1)), rotated
