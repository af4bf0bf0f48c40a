from torch import Tensor, nn


def perplexity(model: nn.Module, documents: list[Tensor], max_length: int, stride: int) -> float:
    """exp of the mean loss of all tokens, each counted once."""
    raise NotImplementedError
