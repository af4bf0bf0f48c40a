"""`BM25` against the formula over a matrix of counts, with NumPy."""

from __future__ import annotations

import random

import numpy as np
import pytest


def by_matrix(documents, query, k1, b):
    words = sorted({word for document in documents for word in document} | set(query))
    tf = np.array([[document.count(word) for word in words] for document in documents], dtype=float)
    asked = np.array([query.count(word) for word in words], dtype=float)
    n = (tf > 0).sum(axis=0)
    idf = np.log((len(documents) + 1) / (n + 0.5))  # 1 + (N - n + 0.5) / (n + 0.5) in one fraction
    length = tf.sum(axis=1, keepdims=True)
    saturated = (k1 + 1) / (1 + k1 * (1 - b + b * length / length.mean()) / np.maximum(tf, 1e-300))
    return (np.where(tf > 0, saturated, 0.0) * idf) @ asked


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize(("k1", "b"), [(1.5, 0.75), (1.2, 0.0), (0.4, 1.0), (9.0, 0.5)])
def test_equals_the_formula(reference, seed, k1, b):
    draw = random.Random(seed)
    documents = [draw.choices("abcdefgh", k=draw.randint(1, 20)) for _ in range(12)]
    query = draw.choices("abcdefghz", k=5)
    scores = reference("bm25").BM25(documents, k1, b).scores(query)
    assert scores == pytest.approx(by_matrix(documents, query, k1, b).tolist())


def test_a_hand_computed_case(reference):
    # N = 2, n = 1: idf = ln 2; both of length 2, so the weight is 2·(1.5 + 1) / (2 + 1.5) · ln 2
    scores = reference("bm25").BM25([["a", "a"], ["b", "c"]]).scores(["a"])
    assert scores == pytest.approx([5 / 3.5 * np.log(2), 0.0])
