"""The same weights in GPT-2's attention, whose matrices are (in, out)."""

import torch

COUNTERPART = "transformers.models.gpt2.modeling_gpt2.GPT2Attention"


def pairs(implementation, seed):
    """Two lengths, so that a mask kept from the first call shows."""
    from transformers import GPT2Config
    from transformers.masking_utils import create_causal_mask
    from transformers.models.gpt2.modeling_gpt2 import GPT2Attention

    torch.manual_seed(seed)
    config = GPT2Config(
        n_embd=24, n_head=4, attn_pdrop=0.0, resid_pdrop=0.0, n_positions=16
    )
    config._attn_implementation = "eager"
    theirs = GPT2Attention(config, layer_idx=0).eval()
    ours = implementation.CausalSelfAttention(24, 4).eval()
    for name in ("c_attn", "c_proj"):
        mine, other = getattr(ours, name), getattr(theirs, name)
        torch.nn.init.normal_(other.weight, std=24**-0.5)
        torch.nn.init.normal_(other.bias, std=0.5)
        mine.weight.data.copy_(other.weight.data.T)
        mine.bias.data.copy_(other.bias.data)
    for length in (7, 4):
        x = torch.randn(2, length, 24)
        mask = create_causal_mask(
            config=config,
            inputs_embeds=x,
            attention_mask=None,
            past_key_values=None,
        )
        expected = theirs(x, attention_mask=mask)[0]
        yield f"{length} tokens", ours(x), expected
