from torch import Tensor


def repetition_penalty(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    """Logits (B, V) of the next token after ids (B, T) -> (B, V), those of tokens in ids pushed down."""
    raise NotImplementedError


def no_repeat_ngram(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    """Logits (B, V) of the next token after ids (B, T) -> (B, V), −∞ where an n-gram would repeat."""
    raise NotImplementedError
