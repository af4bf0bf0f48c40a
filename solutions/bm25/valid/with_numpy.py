import numpy as np


class BM25:
    def __init__(self, documents, k1=1.5, b=0.75):
        self.columns = {
            token: i
            for i, token in enumerate(sorted({t for d in documents for t in d}))
        }
        tf = np.zeros((len(documents), len(self.columns)))
        for row, document in enumerate(documents):
            for token in document:
                tf[row, self.columns[token]] += 1
        length = tf.sum(axis=1, keepdims=True)
        average = length.mean() if length.sum() else 1.0
        n = (tf > 0).sum(axis=0)
        idf = np.log(1 + (len(documents) - n + 0.5) / (n + 0.5))
        below = tf + k1 * (1 - b + b * length / average)
        self.weights = idf * np.divide(
            tf * (k1 + 1), below, out=np.zeros_like(tf), where=tf > 0
        )

    def scores(self, query):
        known = [
            self.columns[token] for token in query if token in self.columns
        ]
        return self.weights[:, known].sum(axis=1).tolist()
