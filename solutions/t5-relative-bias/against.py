"""The self-attention of T5 in transformers."""

import torch

COUNTERPART = "transformers.models.t5.modeling_t5.T5Attention"


def pairs(implementation, seed):
    """Buckets, then biases from the same table, for encoder and decoder."""
    from transformers import T5Config
    from transformers.models.t5.modeling_t5 import T5Attention

    torch.manual_seed(seed)
    for decoder in (False, True):
        role = "decoder" if decoder else "encoder"
        for buckets, longest in ((12, 20), (32, 100)):
            config = T5Config(
                num_heads=3,
                is_decoder=decoder,
                relative_attention_num_buckets=buckets,
                relative_attention_max_distance=longest,
            )
            theirs = T5Attention(
                config, has_relative_attention_bias=True, layer_idx=0
            )
            ours = implementation.RelativePositionBias(
                3, not decoder, buckets, longest
            )
            table = theirs.relative_attention_bias.state_dict()
            ours.relative_attention_bias.load_state_dict(table)
            relative = torch.arange(-150, 151)
            sizes = (relative, not decoder, buckets, longest)
            yield (
                f"{role}: {buckets} buckets",
                implementation.relative_position_bucket(*sizes).float(),
                theirs._relative_position_bucket(*sizes).float(),
            )
            yield (
                f"{role}: bias of {buckets} buckets",
                ours(40, 40),
                theirs.compute_bias(40, 40),
            )
            yield (
                f"{role}: last 3 of 40",
                ours(3, 40),
                theirs.compute_bias(3, 40, past_seen_tokens=37),
            )
