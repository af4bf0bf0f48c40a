class BM25:
    """Scores of all documents for a query; documents and queries are lists of tokens."""

    def __init__(self, documents: list[list[str]], k1: float = 1.5, b: float = 0.75):
        raise NotImplementedError

    def scores(self, query: list[str]) -> list[float]:
        """One score per document, in their order."""
        raise NotImplementedError
