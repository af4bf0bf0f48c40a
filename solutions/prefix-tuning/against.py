"""Prefix tuning of a small GPT-2, as peft does it."""

import torch
from torch.nn import functional

COUNTERPART = "peft.get_peft_model with peft.PrefixTuningConfig"


def pairs(implementation, seed):
    """Keys and values, logits of the model, and one attention by itself."""
    import peft
    from transformers import DynamicCache, GPT2Config, GPT2LMHeadModel

    torch.manual_seed(seed)
    config = GPT2Config(
        vocab_size=17, n_positions=24, n_embd=12, n_layer=2, n_head=3
    )
    model = GPT2LMHeadModel(config).eval()
    settings = peft.PrefixTuningConfig(
        task_type="CAUSAL_LM",
        num_virtual_tokens=5,
        prefix_projection=True,
        encoder_hidden_size=7,
    )
    theirs = peft.get_peft_model(model, settings).eval()
    encoder = theirs.prompt_encoder["default"]
    ours = implementation.PrefixEncoder(2, 3, 4, 5, 7)
    state = {
        f"mlp.{name}": p for name, p in encoder.transform.state_dict().items()
    }
    ours.load_state_dict(state | {"prefix": encoder.embedding.weight})

    pasts = encoder(torch.arange(5)).view(5, 4, 3, 4).permute(1, 2, 0, 3)
    yield "baked", ours.bake(), pasts.unflatten(0, (2, 2))
    ids = torch.randint(17, (3, 6))
    mask = torch.ones_like(ids)
    cache = DynamicCache()
    for layer, (keys, values) in enumerate(ours(3)):
        cache.update(keys, values, layer)
    longer = torch.cat([mask.new_ones(3, 5), mask], dim=1)
    mine = model(input_ids=ids, attention_mask=longer, past_key_values=cache)
    yield (
        "logits",
        mine.logits,
        theirs(input_ids=ids, attention_mask=mask).logits,
    )

    q, k, v = torch.randn(3, 2, 3, 6, 4)
    prefix = torch.randn(2, 2, 3, 5, 4)
    visible = torch.ones(6, 11, dtype=torch.bool).tril(5)
    keys, values = torch.cat([prefix[0], k], 2), torch.cat([prefix[1], v], 2)
    expected = functional.scaled_dot_product_attention(
        q, keys, values, attn_mask=visible
    )
    yield (
        "attention",
        implementation.prefix_attention(q, k, v, (prefix[0], prefix[1])),
        expected,
    )
