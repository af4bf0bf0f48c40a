"""The same weights in Mixtral's layer, stacked into one tensor per kind."""

import torch

COUNTERPART = "transformers.models.mixtral.modeling_mixtral.MixtralSparseMoeBlock"  # noqa: E501  # fmt: skip


def pairs(implementation, seed):
    """Two numbers of tokens, so that some experts go without any."""
    from transformers import MixtralConfig
    from transformers.models.mixtral.modeling_mixtral import (
        MixtralSparseMoeBlock,
    )

    torch.manual_seed(seed)
    config = MixtralConfig(
        hidden_size=12,
        intermediate_size=20,
        num_local_experts=6,
        num_experts_per_tok=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        router_jitter_noise=0.0,
    )
    config._experts_implementation = "eager"
    theirs = MixtralSparseMoeBlock(config).eval()
    ours = implementation.MixtureOfExperts(12, 20, 6, 2).eval()
    for parameter in ours.parameters():
        torch.nn.init.normal_(parameter, std=parameter.size(-1) ** -0.5)
    theirs.gate.weight.data.copy_(ours.router.weight.data)
    for index, expert in enumerate(ours.experts):
        both = torch.cat((expert.gate_proj.weight, expert.up_proj.weight))
        theirs.experts.gate_up_proj.data[index] = both.data
        theirs.experts.down_proj.data[index] = expert.down_proj.weight.data
    for length in (9, 1):
        x = torch.randn(2, length, 12)
        yield f"{2 * length} tokens", ours(x), theirs(x)
