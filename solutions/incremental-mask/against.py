"""What generation in transformers hands to attention, and its positions."""

import torch

COUNTERPART = "transformers.masking_utils.sdpa_mask"


def pairs(implementation, seed):
    """Prefill, a chunk and one token, without and with padding on the left."""
    from transformers.masking_utils import sdpa_mask

    generator = torch.Generator().manual_seed(seed)
    padding = torch.randint(0, 6, (3, 1), generator=generator)
    real = torch.arange(9) >= padding  # (B, K)
    for name, queries in (("prefill", 9), ("chunk", 4), ("one token", 1)):
        setting = {
            "q_length": queries,
            "kv_length": 9,
            "q_offset": 9 - queries,
            "allow_is_causal_skip": False,
        }
        theirs = sdpa_mask(batch_size=1, **setting)[0, 0]
        ours = implementation.causal_mask(queries, 9)
        yield name, ours.float(), theirs.float()
        theirs = sdpa_mask(batch_size=3, attention_mask=real, **setting)
        ours = implementation.causal_mask(queries, 9, real)
        yield f"{name}, left padding", ours.float(), theirs.float()
