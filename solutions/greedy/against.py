"""Greedy search of transformers, with a GPT-2 of random weights."""

import torch

COUNTERPART = "transformers.generation.utils.GenerationMixin"
NEW = 8


def pairs(implementation, seed):
    """A batch of prompts: without an end, then with one that comes up."""
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(seed)
    config = GPT2Config(
        vocab_size=23,
        n_positions=16,
        n_embd=16,
        n_head=2,
        n_layer=2,
        bos_token_id=None,
        eos_token_id=None,
    )
    library = GPT2LMHeadModel(config).eval()
    for parameter in library.parameters():
        parameter.data.normal_(std=0.5)
    ids = torch.randint(0, 23, (3, 5))

    def model(tokens):
        return library(tokens).logits

    def theirs(eos):
        return library.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            do_sample=False,
            max_new_tokens=NEW,
            eos_token_id=eos,
            pad_token_id=0 if eos is None else eos,
        )

    free = theirs(None)
    ours = implementation.greedy_decode(model, ids, NEW, 16, -1)
    yield "no end", ours.float(), free.float()
    for row in range(3):
        eos = int(free[row, 6 + 2 * row])
        ours = implementation.greedy_decode(model, ids, NEW, 16, eos)
        yield f"end of row {row}", ours.float(), theirs(eos).float()
