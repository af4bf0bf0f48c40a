"""The loss that Mixtral adds in training, for one layer."""

import torch

COUNTERPART = "transformers.models.mixtral.modeling_mixtral.load_balancing_loss_func"  # noqa: E501  # fmt: skip


def pairs(implementation, seed):
    """Without padding, with padding, and top-1."""
    from transformers.models.mixtral.modeling_mixtral import (
        load_balancing_loss_func,
    )

    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(3, 9, 5, generator=generator) * 2
    mask = torch.arange(9) < torch.tensor([[9], [4], [2]])
    flat = logits.view(-1, 5)
    ours = implementation.load_balancing_loss
    yield "no mask", ours(logits, 2), load_balancing_loss_func((flat,), 5, 2)
    expected = load_balancing_loss_func((flat,), 5, 2, mask.long())
    yield "padding", ours(logits, 2, mask), expected
    yield "top-1", ours(logits, 1), load_balancing_loss_func((flat,), 5, 1)
