"""DataCollatorForSeq2Seq of Transformers, with padding on either side."""

import random

import torch

COUNTERPART = "transformers.DataCollatorForSeq2Seq"


def pairs(implementation, seed):
    """Batches whose padding token is the end token of every sample."""
    from tokenizers import Tokenizer, models
    from transformers import DataCollatorForSeq2Seq, PreTrainedTokenizerFast

    draw = random.Random(seed)
    words = {f"w{number}": number for number in range(40)}
    model = models.WordLevel(words, unk_token="w0")
    for side in ("right", "left"):
        for multiple in (1, 8):
            tokenizer = PreTrainedTokenizerFast(
                tokenizer_object=Tokenizer(model),
                pad_token="w9",
                padding_side=side,
            )
            library = DataCollatorForSeq2Seq(
                tokenizer, pad_to_multiple_of=multiple
            )
            samples = [sample(draw) for _ in range(4)]
            ours = implementation.collate(samples, 9, side, multiple)
            theirs = library(samples)
            for name in ("input_ids", "attention_mask", "labels"):
                place = f"{name}, {side}, multiple of {multiple}"
                yield place, as_numbers(ours[name]), as_numbers(theirs[name])


def sample(draw):
    """A prompt without labels, a response, and the end token."""
    ids = [*draw.choices(range(40), k=draw.randint(2, 12)), 9]
    prompt = draw.randint(0, len(ids) - 1)
    return {"input_ids": ids, "labels": [-100] * prompt + ids[prompt:]}


def as_numbers(tensor):
    """Integers as floats, which the comparison is written for."""
    return torch.as_tensor(tensor, dtype=torch.float64)
