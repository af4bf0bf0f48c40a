"""Multi-token prediction as in DeepSeek-V3 (2024, §2.2)."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional


class MultiTokenPrediction(nn.Module):
    """Looks one token further than the hidden states it is given.

    It joins each of them with the embedding of the next token that they do not
    know yet. Embedding and head are the main model's own.
    """

    def __init__(
        self,
        d_model: int,
        embedding: nn.Module,
        block: nn.Module,
        head: nn.Module,
    ):
        super().__init__()
        self.embedding = embedding
        self.norm_hidden = nn.RMSNorm(d_model, eps=1e-6)
        self.norm_embedding = nn.RMSNorm(d_model, eps=1e-6)
        self.projection = nn.Linear(2 * d_model, d_model, bias=False)
        self.block = block
        self.head = head

    def forward(self, hidden: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """One depth: what to hand to the next, and the logits.

        Shapes: hidden (B, L, d_model), tokens (B, L)
        -> (B, L, d_model), (B, L, V).
        """
        known = self.norm_hidden(hidden)  # (B, L, d_model)
        given = self.norm_embedding(self.embedding(tokens))  # (B, L, d_model)
        joined = self.projection(torch.cat((known, given), dim=-1))
        deeper = self.block(joined)  # (B, L, d_model)
        return deeper, self.head(deeper)


def mtp_loss(
    modules: Sequence[MultiTokenPrediction],
    hidden: Tensor,
    ids: Tensor,
    weight: float,
) -> Tensor:
    """Weighted mean over depths of the cross-entropy k tokens further on.

    Shapes: hidden (B, T, d_model), ids (B, T) -> ().
    """
    losses = []
    for depth, module in enumerate(modules, start=1):
        # position i is joined with token i + depth: one position fewer
        hidden, logits = module(hidden[:, :-1], ids[:, depth:])
        # and predicts token i + depth + 1, which the last one does not have
        targets = ids[:, depth + 1 :]  # (B, T - depth - 1)
        losses.append(
            functional.cross_entropy(
                logits[:, :-1].flatten(0, 1), targets.flatten()
            )
        )
    return weight * torch.stack(losses).mean()
