from torch import Tensor


def contrastive_scores(
    expert: Tensor, amateur: Tensor, alpha: float = 0.1, temperature: float = 1.0
) -> Tensor:
    """Logits (..., V) of both models -> scores (..., V), −∞ where the expert finds a token implausible."""
    raise NotImplementedError
