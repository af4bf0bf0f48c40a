"""The head of BertForMaskedLM in transformers: its logits, and its loss."""

import torch

COUNTERPART = "transformers.models.bert.modeling_bert.BertForMaskedLM"


def pairs(implementation, seed):
    """A model without layers, so that all of it is the head."""
    from transformers import BertConfig, BertForMaskedLM

    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=29,
        hidden_size=12,
        num_hidden_layers=0,
        num_attention_heads=1,
        max_position_embeddings=16,
    )
    theirs = BertForMaskedLM(config).eval().double()
    with torch.no_grad():
        for parameter in theirs.parameters():
            parameter.normal_()
    table = theirs.bert.embeddings.word_embeddings
    ours = implementation.MLMHead(table).eval().double()
    library = theirs.cls.predictions.state_dict()
    ours.load_state_dict(
        {name: library[key] for name, key in LIBRARY_NAMES.items()}
    )
    for chosen in (0.15, 0.5, 1.0):
        ids = torch.randint(1, 29, (4, 16))
        labels = ids.masked_fill(torch.rand(ids.shape) >= chosen, -100)
        labels[0, 0] = 5  # the library's mean over nothing is NaN
        hidden = theirs.bert(ids).last_hidden_state
        expected = theirs(ids, labels=labels)
        yield "logits", ours(hidden), expected.logits
        loss = ours.loss(hidden, labels)
        yield f"loss, {chosen:.0%} selected", loss, expected.loss


LIBRARY_NAMES = {
    "dense.weight": "transform.dense.weight",
    "dense.bias": "transform.dense.bias",
    "norm.weight": "transform.LayerNorm.weight",
    "norm.bias": "transform.LayerNorm.bias",
    "decoder.weight": "decoder.weight",
    "decoder.bias": "decoder.bias",
}
