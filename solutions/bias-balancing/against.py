"""DeepSeek-V3's router with one group; gates are laid out over all experts."""

import torch

COUNTERPART = "transformers.models.deepseek_v3.modeling_deepseek_v3.DeepseekV3TopkRouter"  # noqa: E501  # fmt: skip


def pairs(implementation, seed):
    """Without a bias, and with one that changes who is chosen."""
    from transformers import DeepseekV3Config
    from transformers.models.deepseek_v3.modeling_deepseek_v3 import (
        DeepseekV3TopkRouter,
    )

    torch.manual_seed(seed)
    config = DeepseekV3Config(
        hidden_size=12,
        n_routed_experts=7,
        num_experts_per_tok=3,
        n_group=1,
        topk_group=1,
        norm_topk_prob=True,
        routed_scaling_factor=2.5,
    )
    theirs = DeepseekV3TopkRouter(config)
    ours = implementation.BiasBalancedRouter(12, 7, 3, routed_scaling=2.5)
    torch.nn.init.normal_(ours.weight, std=0.3)
    theirs.weight.data.copy_(ours.weight.data)
    x = torch.randn(11, 12)
    for name, bias in (("no bias", torch.zeros(7)), ("bias", torch.randn(7))):
        ours.bias.data.copy_(bias)
        theirs.e_score_correction_bias.copy_(bias)
        chosen, gates = ours(x)
        _, their_gates, their_chosen = theirs(x)
        nothing = torch.zeros(11, 7)
        yield (
            f"gates, {name}",
            nothing.scatter(-1, chosen, gates),
            nothing.scatter(-1, their_chosen, their_gates),
        )
