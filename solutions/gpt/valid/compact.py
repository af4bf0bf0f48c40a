import torch
import torch.nn.functional as F
from torch import nn


class Block(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.heads = heads
        self.ln_1, self.ln_2 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.attn, self.mlp = nn.Module(), nn.Module()
        self.attn.c_attn, self.attn.c_proj = (
            nn.Linear(d, 3 * d),
            nn.Linear(d, d),
        )
        self.mlp.c_fc, self.mlp.c_proj = (
            nn.Linear(d, 4 * d),
            nn.Linear(4 * d, d),
        )

    def forward(self, x, blocked):
        b, t, d = x.shape
        qkv = self.attn.c_attn(self.ln_1(x)).view(b, t, 3, self.heads, -1)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        scores = torch.einsum("bhid,bhjd->bhij", q, k) / k.size(-1) ** 0.5
        scores = scores + blocked
        y = torch.einsum("bhij,bhjd->bihd", F.softmax(scores, dim=-1), v)
        x = x + self.attn.c_proj(y.reshape(b, t, d))
        hidden = F.gelu(self.mlp.c_fc(self.ln_2(x)), approximate="tanh")
        return x + self.mlp.c_proj(hidden)


class GPT(nn.Module):
    """Initial values are drawn where each layer is known; loss by hand."""

    def __init__(
        self, vocab_size, context_length, d_model, num_heads, num_layers
    ):
        super().__init__()
        self.lm_head = nn.Linear(d_model, vocab_size, bias=False)
        self.h = nn.ModuleList()
        for _ in range(num_layers):
            self.h.append(Block(d_model, num_heads))
        self.ln_f = nn.LayerNorm(d_model)
        self.wpe = nn.Embedding(context_length, d_model)
        self.wte = nn.Embedding(vocab_size, d_model)
        self.wte.weight = self.lm_head.weight
        for name, value in self.named_parameters():
            if name.endswith("bias"):
                value.data.zero_()
            elif value.dim() == 2:
                residual = name.endswith("c_proj.weight")
                shrink = (2 * num_layers) ** -0.5 if residual else 1
                value.data = torch.randn(value.shape) * 0.02 * shrink

    def forward(self, ids, targets=None):
        length = ids.shape[1]
        if length > self.wpe.num_embeddings:
            raise ValueError("too long")
        x = self.wte(ids) + self.wpe.weight[:length]
        low = torch.finfo(x.dtype).min
        blocked = torch.full((length, length), low, dtype=x.dtype).triu(1)
        for block in self.h:
            x = block(x, blocked)
        logits = self.ln_f(x) @ self.wte.weight.T
        if targets is None:
            return logits, None
        counted = targets != -1
        log_p = logits.log_softmax(-1)
        chosen = log_p.gather(-1, targets.clamp(min=0)[..., None])[..., 0]
        return logits, -(chosen * counted).sum() / counted.sum()
