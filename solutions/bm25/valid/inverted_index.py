import math
from collections import defaultdict


class BM25:
    def __init__(self, documents, k1=1.5, b=0.75):
        self.n = len(documents)
        self.postings = defaultdict(dict)
        total = sum(map(len, documents))
        for number, document in enumerate(documents):
            for token in document:
                self.postings[token][number] = (
                    self.postings[token].get(number, 0) + 1
                )
        self.norms = [
            k1 * (1 - b + b * len(d) * self.n / total) if total else k1
            for d in documents
        ]
        self.k1 = k1

    def scores(self, query):
        result = [0.0] * self.n
        for token in query:
            if token not in self.postings:
                continue
            posting = self.postings[token]
            idf = math.log1p(
                (self.n - len(posting) + 0.5) / (len(posting) + 0.5)
            )
            for number, tf in posting.items():
                result[number] += (
                    idf * tf * (self.k1 + 1) / (tf + self.norms[number])
                )
        return result
