"""Log-probability of a response: log π(y | x) of DPO (Rafailov et al. 2023)."""

from torch import Tensor


def sequence_log_probability(
    logits: Tensor, labels: Tensor, mask: Tensor, average: bool = False
) -> Tensor:
    """Sum, or mean, of log p(token) over the tokens of the response.

    Shapes: logits (B, T, V), labels (B, T) of token ids, mask (B, T) with
    True = response token -> (B,). A sequence without any gives 0.
    """
    # the logits at t are about the token at t + 1
    log_p = logits[:, :-1].log_softmax(-1)  # (B, T − 1, V)
    counted = mask[:, 1:]  # (B, T − 1)
    ids = labels[:, 1:].masked_fill(~counted, 0)  # valid ids for gather
    token_log_p = log_p.gather(-1, ids.unsqueeze(-1)).squeeze(-1)
    # not times the mask: 0 · (−∞) is NaN
    total = token_log_p.masked_fill(~counted, 0.0).sum(-1)  # (B,)
    if not average:
        return total
    return total / counted.sum(-1).clamp(min=1)
