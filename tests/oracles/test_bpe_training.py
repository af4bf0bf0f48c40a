"""`train_bpe` against brute force over strings, and against the trainer of the tokenizers library."""

from __future__ import annotations

import json
import random
from collections import Counter
from itertools import pairwise

import pytest

MISSING = "oracle library not installed: pip install llmprep[oracles]"


def by_brute_force(word_counts: dict[str, int], num_merges: int) -> list[tuple[str, str]]:
    """Running text instead of counts: every occurrence of every word is cut again in every round."""
    text = [f"|{'|'.join(word)}|" for word, count in word_counts.items() for _ in range(count)]
    merges = []
    for _ in range(num_merges):
        counts = Counter(pair for word in text for pair in pairwise(word[1:-1].split("|")))
        if not counts:
            break
        best = min(pair for pair, count in counts.items() if count == max(counts.values()))
        merges.append(best)
        old, new = f"|{best[0]}|{best[1]}|", f"|{''.join(best)}|"
        text = [until_stable(word, old, new) for word in text]
    return merges


def until_stable(word: str, old: str, new: str) -> str:
    while old in word:
        word = word.replace(old, new, 1)
    return word


def corpus(draw: random.Random, alphabet: str, most: int) -> dict[str, int]:
    spelled = ("".join(draw.choices(alphabet, k=draw.randint(1, 8))) for _ in range(12))
    return {word: draw.randint(1, most) for word in spelled}


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("alphabet", ["ab", "abc", "中文字符"])
def test_equals_brute_force(reference, seed, alphabet):
    words = corpus(random.Random(seed), alphabet, most=5)
    assert reference("bpe-training").train_bpe(words, 15) == by_brute_force(words, 15)


@pytest.mark.parametrize("seed", range(20))
def test_equals_the_tokenizers_library_up_to_the_first_tie(reference, seed):
    pytest.importorskip("tokenizers", reason=MISSING)
    from tokenizers import Tokenizer
    from tokenizers.models import BPE
    from tokenizers.pre_tokenizers import WhitespaceSplit
    from tokenizers.trainers import BpeTrainer

    words = corpus(random.Random(seed), "abcde", most=50_000)
    library = Tokenizer(BPE())
    library.pre_tokenizer = WhitespaceSplit()
    trainer = BpeTrainer(vocab_size=30, show_progress=False)
    library.train_from_iterator(((word + " ") * count for word, count in words.items()), trainer)
    theirs = [tuple(pair) for pair in json.loads(library.to_str())["model"]["merges"]]
    ours = reference("bpe-training").train_bpe(words, len(theirs))
    common = next((i for i, (one, other) in enumerate(zip(ours, theirs, strict=True)) if one != other), None)
    assert common is None or common >= 1
    if common is not None:
        assert tied(words, ours[:common], ours[common], theirs[common])


def tied(words: dict[str, int], merges: list[tuple[str, str]], *pairs: tuple[str, str]) -> bool:
    """Whether after these merges the pairs occur equally often."""
    text = {word: f"|{'|'.join(word)}|" for word in words}
    for left, right in merges:
        text = {
            word: until_stable(symbols, f"|{left}|{right}|", f"|{left}{right}|")
            for word, symbols in text.items()
        }
    counts: Counter[tuple[str, str]] = Counter()
    for word, symbols in text.items():
        split = symbols[1:-1].split("|")
        for pair in pairwise(split):
            counts[pair] += words[word]
    return len({counts[pair] for pair in pairs}) == 1
