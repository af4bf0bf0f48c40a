"""The same weights in DeepSeek-V2's layer, with greedy choice of experts."""

import torch

COUNTERPART = "transformers.models.deepseek_v2.modeling_deepseek_v2.DeepseekV2Moe"  # noqa: E501  # fmt: skip


def pairs(implementation, seed):
    """Two numbers of tokens, the routed experts scaled by 2.5."""
    from transformers import DeepseekV2Config
    from transformers.models.deepseek_v2.modeling_deepseek_v2 import (
        DeepseekV2Moe,
    )

    torch.manual_seed(seed)
    config = DeepseekV2Config(
        hidden_size=12,
        moe_intermediate_size=5,
        n_shared_experts=2,
        n_routed_experts=8,
        num_experts_per_tok=3,
        routed_scaling_factor=2.5,
        topk_method="greedy",
        num_attention_heads=2,
        num_key_value_heads=2,
    )
    config._experts_implementation = "eager"
    theirs = DeepseekV2Moe(config).eval()
    ours = implementation.DeepSeekMoE(12, 5, 2, 8, 3, routed_scaling=2.5)
    for parameter in ours.parameters():
        torch.nn.init.normal_(parameter, std=parameter.size(-1) ** -0.5)
    theirs.gate.weight.data.copy_(ours.router.weight.data)
    theirs.shared_experts.load_state_dict(ours.shared_experts.state_dict())
    for index, expert in enumerate(ours.experts):
        both = torch.cat((expert.gate_proj.weight, expert.up_proj.weight))
        theirs.experts.gate_up_proj.data[index] = both.data
        theirs.experts.down_proj.data[index] = expert.down_proj.weight.data
    for length in (9, 1):
        x = torch.randn(2, length, 12)
        yield f"{2 * length} tokens", ours(x), theirs(x)
