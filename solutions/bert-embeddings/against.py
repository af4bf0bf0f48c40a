"""The embeddings of BERT in transformers, with and without segment ids."""

import torch

COUNTERPART = "transformers.models.bert.modeling_bert.BertEmbeddings"


def pairs(implementation, seed):
    """Random tables, short and full-length inputs, padding among them."""
    from transformers import BertConfig
    from transformers.models.bert.modeling_bert import BertEmbeddings

    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=23,
        hidden_size=12,
        num_attention_heads=1,
        max_position_embeddings=16,
        type_vocab_size=3,
    )
    theirs = BertEmbeddings(config).eval().double()
    with torch.no_grad():
        for parameter in theirs.parameters():
            parameter.normal_()
    ours = implementation.BertEmbeddings(23, 12, 16, 3).eval().double()
    ours.load_state_dict(
        {OUR_NAMES[name]: value for name, value in theirs.state_dict().items()}
    )
    for length in (1, 5, 16):
        ids = torch.randint(0, 23, (3, length))
        segments = torch.randint(0, 3, (3, length))
        yield f"{length} tokens", ours(ids), theirs(ids)
        given = ours(ids, segments), theirs(ids, token_type_ids=segments)
        yield f"{length} tokens, segments given", *given


OUR_NAMES = {
    "word_embeddings.weight": "token.weight",
    "position_embeddings.weight": "position.weight",
    "token_type_embeddings.weight": "segment.weight",
    "LayerNorm.weight": "norm.weight",
    "LayerNorm.bias": "norm.bias",
}
