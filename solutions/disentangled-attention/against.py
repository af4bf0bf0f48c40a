"""DisentangledSelfAttention of DeBERTa-v2, its third term with δ(j, i).

The library reads δ(i, j) in the third term. Its own method is called twice, so
that the third term gets the distance the other way round, as in the paper.
"""

import torch

COUNTERPART = "transformers.models.deberta_v2.modeling_deberta_v2"
NEAREST, HEADS, WIDTH = 3, 2, 12


def pairs(implementation, seed):
    """Sequences shorter and longer than k, without and with padding."""
    torch.manual_seed(seed)
    theirs = library_module()
    ours = implementation.DisentangledSelfAttention(WIDTH, HEADS).double()
    library = theirs.state_dict()
    ours.load_state_dict(
        {name: library[LIBRARY_NAMES[name]] for name in ours.state_dict()}
    )
    relative = torch.randn(2 * NEAREST, WIDTH).double()
    for length in (1, 3, 4, 9):
        x = torch.randn(2, length, WIDTH).double()
        mask = torch.rand(2, 1, length) < 0.6
        mask[..., 0] = True
        for case, given in (("no mask", None), ("padding", mask)):
            everything = torch.ones(2, 1, length, length, dtype=torch.bool)
            theirs_mask = everything if given is None else given[:, None]
            expected, _ = theirs(x, theirs_mask, rel_embeddings=relative)
            place = f"{length} tokens, {case}"
            yield place, ours(x, relative, given), expected


def library_module():
    """The library's module with random weights and without biases."""
    from transformers import DebertaV2Config
    from transformers.models.deberta_v2 import modeling_deberta_v2 as library

    config = DebertaV2Config(
        hidden_size=WIDTH,
        num_attention_heads=HEADS,
        relative_attention=True,
        max_relative_positions=NEAREST,
        position_buckets=-1,
        pos_att_type=["c2p", "p2c"],
        share_att_key=False,
    )
    module = library.DisentangledSelfAttention(config).eval().double()
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            parameter.normal_(std=0.0 if name.endswith("bias") else 0.5)
    one_term = module.disentangled_attention_bias

    def both_terms(query, key, distance, relative, terms):
        distance = library.build_relative_position(query, key)
        module.pos_att_type = ["c2p"]
        first = one_term(query, key, distance, relative, terms)
        module.pos_att_type = ["p2c"]
        second = one_term(query, key, -distance, relative, terms)
        module.pos_att_type = ["c2p", "p2c"]
        return first + second

    module.disentangled_attention_bias = both_terms
    return module


LIBRARY_NAMES = {
    "W_q.weight": "query_proj.weight",
    "W_k.weight": "key_proj.weight",
    "W_v.weight": "value_proj.weight",
    "W_qr.weight": "pos_query_proj.weight",
    "W_kr.weight": "pos_key_proj.weight",
}
