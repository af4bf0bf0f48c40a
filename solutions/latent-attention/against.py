"""DeepSeek-V2's attention, whose parameters have the same names."""

import torch

COUNTERPART = "transformers.models.deepseek_v2.modeling_deepseek_v2.DeepseekV2Attention"  # noqa: E501  # fmt: skip


def pairs(implementation, seed):
    """All tokens at once, then the same tokens one by one."""
    from transformers import DeepseekV2Config
    from transformers.masking_utils import create_causal_mask
    from transformers.models.deepseek_v2.modeling_deepseek_v2 import (
        DeepseekV2Attention,
        DeepseekV2RotaryEmbedding,
    )

    torch.manual_seed(seed)
    config = DeepseekV2Config(
        hidden_size=24,
        num_attention_heads=3,
        num_key_value_heads=3,
        q_lora_rank=None,
        kv_lora_rank=8,
        qk_nope_head_dim=6,
        qk_rope_head_dim=4,
        v_head_dim=7,
        rope_parameters={"rope_type": "default", "rope_theta": 10000.0},
    )
    config._attn_implementation = "eager"
    theirs = DeepseekV2Attention(config, layer_idx=0).eval()
    ours = implementation.LatentAttention(24, 3, 6, 4, 7, 8).eval()
    for parameter in theirs.parameters():
        torch.nn.init.normal_(parameter, std=parameter.size(-1) ** -0.5)
    theirs.kv_a_layernorm.weight.data += 1
    ours.load_state_dict(theirs.state_dict())
    x = torch.randn(2, 9, 24)
    rotary = DeepseekV2RotaryEmbedding(config)
    mask = create_causal_mask(
        config=config,
        inputs_embeds=x,
        attention_mask=None,
        past_key_values=None,
    )
    expected = theirs(
        x,
        attention_mask=mask,
        position_embeddings=rotary(x, torch.arange(9).unsqueeze(0)),
    )[0]
    yield "all tokens at once", ours(x), expected
    cache = None
    for i in range(9):
        y, cache = ours.step(x[:, i : i + 1], cache)
        yield f"step {i}", y, expected[:, i : i + 1]
