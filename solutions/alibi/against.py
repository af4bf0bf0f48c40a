"""ALiBi of BLOOM in transformers, up to a constant per row."""

import torch

COUNTERPART = "transformers.models.bloom.modeling_bloom.build_alibi_tensor"


def pairs(implementation, seed):
    """Slopes, and attention of random scores, for several numbers of heads."""
    from transformers.models.bloom import modeling_bloom as bloom

    generator = torch.Generator().manual_seed(seed)
    for heads in (8, 12, 3, 16):
        ones = torch.ones(1, 7, dtype=torch.long)
        theirs = bloom.build_alibi_tensor(ones, heads, torch.float32)
        # With a token between them two keys differ by one slope.
        slopes = theirs[:, 0, 1] - theirs[:, 0, 0]
        yield f"slopes of {heads}", implementation.alibi_slopes(heads), slopes
        scores = torch.randn(heads, 7, 7, generator=generator)
        bias = implementation.alibi_bias(heads, 7, 7)
        future = torch.ones(7, 7, dtype=torch.bool).triu(1)
        expected = (scores + theirs).masked_fill(future, -torch.inf)
        yield (
            f"attention of {heads} heads",
            (scores + bias).softmax(dim=-1),
            expected.softmax(dim=-1),
        )
