from torch import Tensor


def flash_attention_backward(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    o: Tensor,
    logsumexp: Tensor,
    d_o: Tensor,
    block_q: int,
    block_k: int,
    causal: bool = False,
) -> tuple[Tensor, Tensor, Tensor]:
    """The gradients d_q, d_k, d_v that belong to d_o, each of the shape of its tensor."""
    raise NotImplementedError
