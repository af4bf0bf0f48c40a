"""The words that the judge itself uses in values."""


def attention(q, k, v, mask=None):
    return [{"$tensor": "0"}, {"$odd": "right"}, {"$cost": {}, "limits": {}}, {"$law": {}}, {"$bytes": "x" * 90_000}]
