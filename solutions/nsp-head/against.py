"""BertForPreTraining in transformers: pooled vector, two logits, total loss."""

import torch

COUNTERPART = "transformers.models.bert.modeling_bert.BertForPreTraining"


def pairs(implementation, seed):
    """A model without layers, so that all of it is heads."""
    from transformers import BertConfig, BertForPreTraining

    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=29,
        hidden_size=12,
        num_hidden_layers=0,
        num_attention_heads=1,
        max_position_embeddings=16,
    )
    theirs = BertForPreTraining(config).eval().double()
    with torch.no_grad():
        for parameter in theirs.parameters():
            parameter.normal_()
    ours = implementation.NSPHead(12).eval().double()
    library = theirs.state_dict()
    ours.load_state_dict(
        {name: library[key] for name, key in LIBRARY_NAMES.items()}
    )
    for batch, length in ((1, 4), (5, 11)):
        ids = torch.randint(1, 29, (batch, length))
        labels = ids.masked_fill(torch.rand(ids.shape) >= 0.3, -100)
        labels[0, 0] = 5  # the library's mean over nothing is NaN
        is_next = torch.rand(batch) < 0.5
        encoded = theirs.bert(ids)
        hidden = encoded.last_hidden_state
        expected = theirs(
            ids, labels=labels, next_sentence_label=(~is_next).long()
        )
        yield "pooled", ours.pooler(hidden), encoded.pooler_output
        logits = ours(hidden)
        yield "logits", logits, expected.seq_relationship_logits
        loss = implementation.pretraining_loss(
            expected.prediction_logits, labels, logits, is_next
        )
        yield "loss", loss, expected.loss


LIBRARY_NAMES = {
    "pooler.dense.weight": "bert.pooler.dense.weight",
    "pooler.dense.bias": "bert.pooler.dense.bias",
    "classifier.weight": "cls.seq_relationship.weight",
    "classifier.bias": "cls.seq_relationship.bias",
}
