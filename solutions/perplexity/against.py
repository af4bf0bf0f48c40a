"""A tiny GPT-2 of Transformers with its own loss, context labelled −100."""

import torch
from torch import nn

COUNTERPART = "transformers.GPT2LMHeadModel"


def pairs(implementation, seed):
    """The documented recipe: loss of each window times its counted tokens."""
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(seed)
    config = GPT2Config(
        vocab_size=17,
        n_positions=16,
        n_embd=8,
        n_layer=2,
        n_head=2,
        initializer_range=0.5,
        bos_token_id=0,
        eos_token_id=0,
    )
    library = GPT2LMHeadModel(config).eval()
    for longest, stride in ((16, 8), (12, 5), (7, 6), (5, 1)):
        documents = [torch.randint(17, (n,)) for n in (30, 3, 17, 8)]
        ours = implementation.perplexity(
            Logits(library).eval(), documents, longest, stride
        )
        theirs = recipe(library, documents, longest, stride)
        yield f"{longest}, {stride}", torch.tensor(ours), theirs.float()


class Logits(nn.Module):
    """The library's model, giving logits alone."""

    def __init__(self, library):
        super().__init__()
        self.library = library

    def forward(self, ids):
        return self.library(ids).logits


@torch.no_grad()
def recipe(model, documents, longest, stride):
    """Sum of losses over count, as the library's documentation does it."""
    total, count = torch.zeros((), dtype=torch.float64), 0
    for ids in documents:
        previous_end = 0
        for begin in range(0, len(ids), stride):
            end = min(begin + longest, len(ids))
            window = ids[None, begin:end]
            labels = window.clone()
            labels[:, : -(end - previous_end)] = -100
            counted = int((labels[:, 1:] != -100).sum())
            total += model(window, labels=labels).loss.double() * counted
            count += counted
            previous_end = end
            if end == len(ids):
                break
    return (total / count).exp()
