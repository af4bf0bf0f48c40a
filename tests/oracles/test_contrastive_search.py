"""Contrastive search against the formula in plain Python, and against greedy decoding of transformers."""

from __future__ import annotations

import math

import pytest
import torch

MISSING = "oracle library not installed: pip install llmprep[oracles]"


def cosine(a: list[float], b: list[float]) -> float:
    dot = sum(x * y for x, y in zip(a, b, strict=True))
    return dot / math.sqrt(sum(x * x for x in a) * sum(y * y for y in b))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("k", "tokens", "d", "alpha"), [(4, 6, 5, 0.6), (1, 1, 3, 0.3), (7, 2, 8, 0.9)])
def test_scores_equal_the_formula(reference, seed, k, tokens, d, alpha):
    torch.manual_seed(seed)
    p, candidates, context = torch.rand(k), torch.randn(k, d), torch.randn(tokens, d)
    scores = reference("contrastive-search").candidate_scores(p, candidates, context, alpha)
    for score, probability, h in zip(scores.tolist(), p.tolist(), candidates.tolist(), strict=True):
        penalty = max(cosine(h, x) for x in context.tolist())
        assert score == pytest.approx((1 - alpha) * probability - alpha * penalty, abs=1e-5)


@pytest.mark.parametrize(("k", "alpha"), [(1, 0.7), (5, 0.0)])
def test_without_a_choice_or_a_penalty_it_is_greedy(reference, k, alpha):
    transformers = pytest.importorskip("transformers", reason=MISSING)
    torch.manual_seed(0)
    config = transformers.GPT2Config(vocab_size=23, n_positions=32, n_embd=12, n_layer=2, n_head=3)
    gpt = transformers.GPT2LMHeadModel(config).eval()

    def model(ids):
        out = gpt(ids, output_hidden_states=True)
        return out.logits, out.hidden_states[-1]

    prompt = [3, 1, 4]
    search = reference("contrastive-search").contrastive_search
    greedy = gpt.generate(
        torch.tensor([prompt]), max_new_tokens=12, do_sample=False, pad_token_id=0, eos_token_id=None
    )
    assert search(model, prompt, 12, k=k, alpha=alpha) == greedy[0].tolist()


def test_the_penalty_breaks_a_loop(reference):
    """A model that always prefers the token before: greedy repeats it for ever, the penalty does not."""
    torch.manual_seed(1)
    table = torch.nn.functional.normalize(torch.randn(6, 8), dim=-1)

    def model(ids):
        return 2.0 * torch.nn.functional.one_hot(ids, 6).float(), table[ids]

    search = reference("contrastive-search").contrastive_search
    assert search(model, [2], 6, k=4, alpha=0.0) == [2] * 7
    assert len(set(search(model, [2], 3, k=6, alpha=0.6))) == 4
