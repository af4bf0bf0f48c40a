from typing import Any


def count_parameters(config: dict[str, Any], embeddings: bool = True) -> int:
    """All parameters of a decoder-only transformer, or all but embeddings and head."""
    raise NotImplementedError
