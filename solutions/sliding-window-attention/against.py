"""Mistral's attention with its own window mask, rotations switched off."""

import torch

COUNTERPART = "transformers.models.mistral.modeling_mistral.MistralAttention"


def pairs(implementation, seed):
    """First the mask, then the attention, with two windows."""
    from transformers import MistralConfig
    from transformers.masking_utils import create_sliding_window_causal_mask
    from transformers.models.mistral.modeling_mistral import MistralAttention

    torch.manual_seed(seed)
    x = torch.randn(2, 11, 12)
    for window in (4, 3):
        config = MistralConfig(
            hidden_size=12,
            num_attention_heads=3,
            num_key_value_heads=3,
            sliding_window=window,
        )
        config._attn_implementation = "eager"
        theirs = MistralAttention(config, layer_idx=0).eval()
        additive = create_sliding_window_causal_mask(
            config=config,
            inputs_embeds=x,
            attention_mask=None,
            past_key_values=None,
        )
        mask = implementation.sliding_window_mask(11, 11, window)
        seen = (additive[0, 0] == 0).float()
        yield f"mask, window {window}", mask.float(), seen
        cos, sin = torch.ones(1, 11, 4), torch.zeros(1, 11, 4)
        expected, _ = theirs(x, (cos, sin), additive)
        q, k, v = (
            projection(x).unflatten(-1, (3, 4)).transpose(1, 2)
            for projection in (theirs.q_proj, theirs.k_proj, theirs.v_proj)
        )
        ours = implementation.sliding_window_attention(q, k, v, window)
        ours = theirs.o_proj(ours.transpose(1, 2).flatten(2))
        yield f"attention, window {window}", ours, expected
