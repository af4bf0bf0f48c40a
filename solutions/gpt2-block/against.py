"""The block of GPT-2 in transformers; its Conv1D holds weights transposed."""

import torch

COUNTERPART = "transformers.models.gpt2.modeling_gpt2.GPT2Block"


def pairs(implementation, seed):
    """One block with random weights, short and long inputs."""
    from transformers import GPT2Config
    from transformers.models.gpt2.modeling_gpt2 import GPT2Block

    torch.manual_seed(seed)
    config = GPT2Config(
        n_embd=24, n_head=3, n_positions=16, attn_implementation="sdpa"
    )
    theirs = GPT2Block(config, layer_idx=0).eval().double()
    with torch.no_grad():
        for parameter in theirs.parameters():
            parameter.normal_(std=0.3)
    ours = implementation.GPT2Block(24, 3).double()
    ours.load_state_dict(
        {
            name: value.mT if value.dim() == 2 else value
            for name, value in theirs.state_dict().items()
        }
    )
    for length in (1, 5, 11):
        x = torch.randn(2, length, 24).double()
        yield f"{length} tokens", ours(x), theirs(x)
