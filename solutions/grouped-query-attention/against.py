"""The attention of LLaMA in transformers, with a rotation by nothing."""

import torch

COUNTERPART = "transformers.models.llama.modeling_llama.LlamaAttention"


def pairs(implementation, seed):
    """The module with several numbers of KV heads, the same weights."""
    from transformers import LlamaConfig
    from transformers.models.llama.modeling_llama import LlamaAttention

    torch.manual_seed(seed)
    for kv_heads in (2, 1, 6):
        config = LlamaConfig(
            hidden_size=24,
            num_attention_heads=6,
            num_key_value_heads=kv_heads,
            attn_implementation="eager",
        )
        theirs = LlamaAttention(config, layer_idx=0).eval()
        ours = implementation.GroupedQueryAttention(24, 6, kv_heads)
        ours.load_state_dict(theirs.state_dict())
        x = torch.randn(2, 5, 24)
        unmoved = torch.ones(1, 5, 4), torch.zeros(1, 5, 4)  # cos and sin
        future = torch.ones(5, 5, dtype=torch.bool).triu(1)
        mask = torch.zeros(5, 5).masked_fill(future, -torch.inf)
        expected, _ = theirs(x, unmoved, mask[None, None])
        yield f"{kv_heads} KV heads", ours(x), expected
