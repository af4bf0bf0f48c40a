"""BLEU against sacrebleu, ROUGE-L against rouge-score and against all subsequences."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

MISSING = "oracle library not installed: pip install llmprep[oracles]"
WORDS = ["the", "cat", "sat", "on", "a", "mat"]


def noisy(draw: random.Random, tokens: list[str]) -> list[str]:
    kept = [token if draw.random() < 0.85 else draw.choice(WORDS) for token in tokens if draw.random() < 0.9]
    return kept or tokens[:1]


def corpus(seed: int, references: int):
    draw = random.Random(seed)
    sources = [draw.choices(WORDS, k=draw.randint(6, 20)) for _ in range(5)]
    return [noisy(draw, one) for one in sources], [
        [noisy(draw, one) for _ in range(references)] for one in sources
    ]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("references", [1, 2, 4])
def test_bleu_equals_sacrebleu(reference, seed, references):
    sacrebleu = pytest.importorskip("sacrebleu", reason=MISSING)
    candidates, texts = corpus(seed, references)
    streams = [[" ".join(group[k]) for group in texts] for k in range(references)]
    theirs = sacrebleu.corpus_bleu(
        [" ".join(one) for one in candidates], streams, smooth_method="none", tokenize="none", force=True
    )
    assert reference("bleu-rouge").corpus_bleu(candidates, texts) == pytest.approx(theirs.score / 100)


@pytest.mark.parametrize("seed", range(8))
def test_rouge_equals_all_subsequences(reference, seed):
    (first, *_), ((second, *_), *_) = corpus(seed, 1)
    first, second = first[:9], second[:9]

    def subsequences(tokens):
        return {chosen for n in range(len(tokens) + 1) for chosen in combinations(tokens, n)}

    longest = max(map(len, subsequences(first) & subsequences(second)))
    expected = 2 * longest / (len(first) + len(second))
    assert reference("bleu-rouge").rouge_l(first, second) == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(8))
def test_rouge_equals_rouge_score(reference, seed):
    scorer = pytest.importorskip("rouge_score.rouge_scorer", reason=MISSING).RougeScorer(["rougeL"])
    candidates, texts = corpus(seed, 1)
    for candidate, (text,) in zip(candidates, texts, strict=True):
        theirs = scorer.score(" ".join(text), " ".join(candidate))["rougeL"].fmeasure
        assert reference("bleu-rouge").rouge_l(candidate, text) == pytest.approx(theirs)


def test_bleu_of_a_worked_case(reference):
    """The example of the paper: `the` seven times matches twice."""
    candidate = ["the"] * 7
    text = ["the", "cat", "is", "on", "the", "mat"]
    bleu = reference("bleu-rouge").corpus_bleu
    assert bleu([candidate], [[text]]) == 0.0
    assert bleu([text], [[text]]) == pytest.approx(1.0)
