from torch import Tensor


def sft_loss(logits: Tensor, ids: Tensor, prompt_lengths: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
    """logits (B, T, V), ids (B, T), lengths (B,) -> loss (), labels (B, T)."""
    raise NotImplementedError
