"""GPT-2 (Radford et al. 2019, §2.3): a decoder-only language model."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

IGNORED = -1  # a target that does not count
STD = 0.02  # of all initial weights


class GPT(nn.Module):
    """Token plus position embedding, pre-norm blocks, one last norm.

    The head is the token embedding used the other way round.
    """

    def __init__(
        self,
        vocab_size: int,
        context_length: int,
        d_model: int,
        num_heads: int,
        num_layers: int,
    ):
        super().__init__()
        self.context_length = context_length
        self.wte = nn.Embedding(vocab_size, d_model)
        self.wpe = nn.Embedding(context_length, d_model)
        blocks = (Block(d_model, num_heads) for _ in range(num_layers))
        self.h = nn.ModuleList(blocks)
        self.ln_f = nn.LayerNorm(d_model)
        self.lm_head = nn.Linear(d_model, vocab_size, bias=False)
        self.lm_head.weight = self.wte.weight  # one parameter, two names
        self._initialise(num_layers)

    def forward(
        self, ids: Tensor, targets: Tensor | None = None
    ) -> tuple[Tensor, Tensor | None]:
        """Shapes: ids, targets (B, T) -> logits (B, T, vocab), loss ().

        targets[b, t] is the token that follows ids[b, t], or -1.
        """
        length = ids.size(1)
        if length > self.context_length:
            raise ValueError(f"{length} tokens for {self.context_length}")
        positions = torch.arange(length, device=ids.device)  # (T,)
        x = self.wte(ids) + self.wpe(positions)  # (B, T, d_model)
        for block in self.h:
            x = block(x)
        logits = self.lm_head(self.ln_f(x))  # (B, T, vocab)
        if targets is None:
            return logits, None
        loss = functional.cross_entropy(
            logits.flatten(0, 1), targets.flatten(), ignore_index=IGNORED
        )
        return logits, loss

    def _initialise(self, num_layers: int) -> None:
        """N(0, 0.02); smaller where a layer writes to the residual stream."""
        for module in self.modules():
            if isinstance(module, nn.Linear | nn.Embedding):
                nn.init.normal_(module.weight, std=STD)
            if isinstance(module, nn.Linear) and module.bias is not None:
                nn.init.zeros_(module.bias)
        # 2·L of them add up on the stream, so each has 1/√(2·L) of the width
        for block in self.h:
            for projection in (block.attn.c_proj, block.mlp.c_proj):
                std = STD / math.sqrt(2 * num_layers)
                nn.init.normal_(projection.weight, std=std)


class Block(nn.Module):
    """x + Attention(LayerNorm(x)), then x + MLP(LayerNorm(x))."""

    def __init__(self, d_model: int, num_heads: int):
        super().__init__()
        self.ln_1 = nn.LayerNorm(d_model)
        self.attn = CausalSelfAttention(d_model, num_heads)
        self.ln_2 = nn.LayerNorm(d_model)
        self.mlp = MLP(d_model)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: (B, T, d_model) -> (B, T, d_model)."""
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class CausalSelfAttention(nn.Module):
    """Queries, keys and values of all heads come from one projection."""

    def __init__(self, d_model: int, num_heads: int):
        super().__init__()
        self.num_heads = num_heads
        self.c_attn = nn.Linear(d_model, 3 * d_model)
        self.c_proj = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: (B, T, d_model) -> (B, T, d_model)."""
        q, k, v = map(self._split, self.c_attn(x).chunk(3, dim=-1))
        scores = q @ k.mT / math.sqrt(q.size(-1))  # (B, H, T, T)
        future = torch.ones_like(scores, dtype=torch.bool).triu(1)
        weights = scores.masked_fill(future, -math.inf).softmax(dim=-1)
        heads = weights @ v  # (B, H, T, d_k)
        return self.c_proj(heads.transpose(1, 2).flatten(2))  # (B, T, d_model)

    def _split(self, x: Tensor) -> Tensor:
        """(B, T, d_model) -> (B, H, T, d_k)."""
        return x.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)


class MLP(nn.Module):
    """Four times as wide inside, with GELU in its tanh form."""

    def __init__(self, d_model: int):
        super().__init__()
        self.c_fc = nn.Linear(d_model, 4 * d_model)
        self.c_proj = nn.Linear(4 * d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: (..., d_model) -> (..., d_model)."""
        hidden = functional.gelu(self.c_fc(x), approximate="tanh")
        return self.c_proj(hidden)
