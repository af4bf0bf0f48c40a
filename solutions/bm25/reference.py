"""BM25, the ranking function of Okapi (Robertson and Zaragoza 2009, §3.4)."""

import math
from collections import Counter


class BM25:
    """Scores documents by the tokens that they share with a query.

    Args:
        documents: lists of tokens.
        k1: how slowly repetitions saturate; 0 counts presence only.
        b: how much long documents are held back, from 0 to 1.
    """

    def __init__(
        self, documents: list[list[str]], k1: float = 1.5, b: float = 0.75
    ):
        self.k1, self.b = k1, b
        self.counts = [Counter(document) for document in documents]
        self.lengths = [len(document) for document in documents]
        self.average_length = sum(self.lengths) / max(len(documents), 1)
        # in how many documents a token is, not how often it occurs
        self.document_frequency = Counter(
            token for counts in self.counts for token in counts
        )

    def scores(self, query: list[str]) -> list[float]:
        """One score per document, in their order."""
        return [
            sum(self._weight(token, number) for token in query)
            for number in range(len(self.counts))
        ]

    def _weight(self, token: str, number: int) -> float:
        """What one token of the query adds to the score of a document."""
        count = self.counts[number][token]
        if count == 0:
            return 0.0
        relative_length = self.lengths[number] / self.average_length
        saturation = self.k1 * (1 - self.b + self.b * relative_length)
        return self._idf(token) * count * (self.k1 + 1) / (count + saturation)

    def _idf(self, token: str) -> float:
        n = self.document_frequency[token]
        return math.log(1 + (len(self.counts) - n + 0.5) / (n + 0.5))
