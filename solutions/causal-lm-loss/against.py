"""The loss that causal language models in transformers compute from labels."""

import torch

COUNTERPART = "transformers.loss.loss_utils.ForCausalLMLoss"


def pairs(implementation, seed):
    """Random logits in float32, with fewer and fewer labels that count."""
    from transformers.loss.loss_utils import ForCausalLMLoss

    generator = torch.Generator().manual_seed(seed)
    for share in (1.0, 0.6, 0.2):
        logits = torch.randn(3, 9, 11, generator=generator) * 3
        labels = torch.randint(11, (3, 9), generator=generator)
        counted = torch.rand(3, 9, generator=generator) < share
        counted[:, -1] = True  # the library's mean over nothing is NaN
        labels = labels.masked_fill(~counted, -100)
        ours = implementation.causal_lm_loss(logits, labels)
        theirs = ForCausalLMLoss(logits, labels, vocab_size=11)
        yield f"loss, {share:.0%} of the labels counted", ours, theirs
