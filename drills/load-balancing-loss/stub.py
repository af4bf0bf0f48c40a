from torch import Tensor


def load_balancing_loss(router_logits: Tensor, top_k: int, mask: Tensor | None = None) -> Tensor:
    """router_logits (..., E), boolean mask (...) with True = real token -> scalar, float32."""
    raise NotImplementedError
