"""The BPE trainer of the tokenizers library, on corpora where no two pairs tie.

A tie is broken there by the ids of the symbols, which is another rule.
"""

import json
import random
from itertools import pairwise

import torch

COUNTERPART = "tokenizers.trainers.BpeTrainer"
MERGES = 12


def pairs(implementation, seed):
    """The merges of three corpora, as numbers."""
    from tokenizers import Tokenizer
    from tokenizers.models import BPE
    from tokenizers.pre_tokenizers import WhitespaceSplit
    from tokenizers.trainers import BpeTrainer

    draw = random.Random(seed)
    for number in range(3):
        words = _words_without_ties(draw)
        library = Tokenizer(BPE())
        library.pre_tokenizer = WhitespaceSplit()
        size = len(set("".join(words))) + MERGES
        trainer = BpeTrainer(vocab_size=size, show_progress=False)
        text = ((word + " ") * count for word, count in words.items())
        library.train_from_iterator(text, trainer)
        theirs = [
            tuple(m) for m in json.loads(library.to_str())["model"]["merges"]
        ]
        ours = [tuple(m) for m in implementation.train_bpe(words, MERGES)]
        names = sorted({symbol for pair in theirs for symbol in pair})
        yield f"corpus {number}", _numbers(ours, names), _numbers(theirs, names)


def _numbers(merges, names):
    known = {name: float(number) for number, name in enumerate(names)}
    return torch.tensor([[known.get(s, -1.0) for s in pair] for pair in merges])


def _words_without_ties(draw):
    while True:
        spelled = ("".join(draw.choices("abcdefg", k=6)) for _ in range(40))
        words = {word: draw.randint(1, 100_000) for word in spelled}
        if not _ties(words):
            return words


def _ties(words):
    """Whether two pairs share the highest count in any round."""
    split = {word: f" {' '.join(word)} " for word in words}
    for _ in range(MERGES):
        counts = {}
        for word, symbols in split.items():
            symbols = symbols.split()
            for pair in pairwise(symbols):
                counts[pair] = counts.get(pair, 0) + words[word]
        (best, top), (_, second) = sorted(counts.items(), key=lambda c: -c[1])[
            :2
        ]
        if top == second:
            return True
        old, new = f" {best[0]} {best[1]} ", f" {''.join(best)} "
        for word in split:
            while old in split[word]:
                split[word] = split[word].replace(old, new, 1)
    return False
