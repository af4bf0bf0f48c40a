"""apply_chat_template of Transformers, with its mask of assistant tokens."""

import random
import string

import torch

COUNTERPART = "transformers.PreTrainedTokenizerFast"
TEMPLATE = (
    "{% for m in messages %}"
    "{{ '<|im_start|>' + m['role'] + '\n' }}"
    "{% if m['role'] == 'assistant' %}"
    "{% generation %}{{ m['content'] + '<|im_end|>' }}{% endgeneration %}"
    "{% else %}{{ m['content'] + '<|im_end|>' }}{% endif %}"
    "{{ '\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def pairs(implementation, seed):
    """Conversations over a tokenizer of single characters."""
    tokenizer = letters()
    start, end = tokenizer.convert_tokens_to_ids(["<|im_start|>", "<|im_end|>"])
    draw = random.Random(seed)
    for case in range(6):
        roles = ["user", "assistant"] * draw.randint(1, 3)
        messages = [
            {"role": role, "content": words(draw)}
            for role in ["system"] * (case % 2) + roles[: draw.randint(1, 6)]
        ]
        prompt = case % 3 == 0
        ids, labels = implementation.apply_chat_template(
            messages, tokenizer.encode, start, end, prompt
        )
        theirs = tokenizer.apply_chat_template(
            messages,
            return_dict=True,
            return_assistant_tokens_mask=True,
            add_generation_prompt=prompt,
        )
        yield f"ids {case}", numbers(ids), numbers(theirs["input_ids"])
        learned = [label != -100 for label in labels]
        mask = theirs["assistant_masks"]
        yield f"labels {case}", numbers(learned), numbers(mask)


def letters():
    """A tokenizer in which each character is a token."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    known = {letter: i for i, letter in enumerate(string.printable)}
    model = Tokenizer(models.WordLevel(known, unk_token="?"))
    every = Regex(r"[\s\S]")
    model.pre_tokenizer = pre_tokenizers.Split(every, "isolated")
    special = ["<|im_start|>", "<|im_end|>"]
    model.add_special_tokens(special)
    return PreTrainedTokenizerFast(
        tokenizer_object=model, chat_template=TEMPLATE
    )


def words(draw):
    """A text with newlines in it, but not at its ends."""
    return "w" + "".join(draw.choices("abc d\n", k=draw.randint(0, 9))) + "."


def numbers(values):
    """A list as floats, which the comparison is written for."""
    return torch.tensor([float(value) for value in values])
