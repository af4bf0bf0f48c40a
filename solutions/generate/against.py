"""Greedy search of transformers, with a GPT-2 of random weights."""

import torch

COUNTERPART = "transformers.generation.utils.GenerationMixin"
PAD, NEW = 0, 9


def pairs(implementation, seed):
    """A left-padded batch: without an end, then with one that comes up."""
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(seed)
    config = GPT2Config(
        vocab_size=23,
        n_positions=24,
        n_embd=16,
        n_head=2,
        n_layer=2,
        bos_token_id=None,
        eos_token_id=None,
        pad_token_id=PAD,
    )
    library = GPT2LMHeadModel(config).eval()
    for parameter in library.parameters():
        parameter.data.normal_(std=0.5)
    mask = torch.arange(6) >= torch.tensor([0, 2, 5])[:, None]
    ids = torch.randint(1, 23, (3, 6)).masked_fill(~mask, PAD)

    def model(new_ids, mask, cache):
        positions = (mask.long().cumsum(dim=-1) - 1).clamp(min=0)
        out = library(
            new_ids,
            attention_mask=mask.long(),
            position_ids=positions[:, -new_ids.size(1) :],
            past_key_values=cache,
            use_cache=True,
        )
        return out.logits, out.past_key_values

    free = _theirs(library, ids, mask, None)
    yield (
        "no end",
        implementation.generate(model, ids, mask, NEW, -1, PAD).float(),
        free.float(),
    )
    for place in range(3):
        eos = int(free[place, 6 + 2 * place])  # said, at the latest, there
        yield (
            f"end of row {place}",
            implementation.generate(model, ids, mask, NEW, eos, PAD).float(),
            _theirs(library, ids, mask, eos).float(),
        )


def _theirs(library, ids, mask, eos):
    return library.generate(
        ids,
        attention_mask=mask.long(),
        do_sample=False,
        max_new_tokens=NEW,
        eos_token_id=eos,
        pad_token_id=PAD,
    )
