"""BERT's masked-LM head and loss (Devlin et al. 2018, §3.1)."""

from torch import Tensor, nn
from torch.nn import functional

IGNORED = -100  # the label of a token that was not selected


class MLMHead(nn.Module):
    """LayerNorm(GELU(h·W + b)), scored against every word vector.

    The word vectors are the encoder's own input table.
    """

    def __init__(self, embedding: nn.Embedding):
        super().__init__()
        vocab_size, d_model = embedding.weight.shape
        self.dense = nn.Linear(d_model, d_model)
        self.norm = nn.LayerNorm(d_model, eps=1e-12)
        self.decoder = nn.Linear(d_model, vocab_size)
        self.decoder.weight = embedding.weight  # (V, d_model), shared
        nn.init.zeros_(self.decoder.bias)

    def forward(self, hidden: Tensor) -> Tensor:
        """Shapes: hidden (..., d_model) -> logits (..., V)."""
        transformed = self.norm(functional.gelu(self.dense(hidden)))
        return self.decoder(transformed)

    def loss(self, hidden: Tensor, labels: Tensor) -> Tensor:
        """Mean cross-entropy over the selected tokens; 0 if there are none.

        Shapes: hidden (..., d_model), labels (...) -> ().
        """
        selected = labels != IGNORED  # S of them are True
        logits = self(hidden[selected])  # (S, V): the others cost nothing
        total = functional.cross_entropy(
            logits, labels[selected], reduction="sum"
        )
        return total / selected.sum().clamp(min=1)
