"""BertForSequenceClassification and BertForTokenClassification."""

import torch

COUNTERPART = "transformers.BertForSequenceClassification"


def pairs(implementation, seed):
    """Models without layers, so that all of them is heads; all four tasks."""
    torch.manual_seed(seed)
    tasks = {
        "regression": torch.randn(5).double(),
        "single_label_classification": torch.randint(0, 3, (5,)),
        "multi_label_classification": torch.randint(0, 2, (5, 3)),
    }
    for task, labels in tasks.items():
        num_labels = 1 if task == "regression" else 3
        ours = implementation.SequenceClassifier(12, num_labels)
        theirs = library_model("BertForSequenceClassification", num_labels)
        theirs.config.problem_type = task
        given = labels.double() if labels.dim() == 2 else labels
        yield from compared(ours, theirs, labels, given)

    labels = torch.randint(0, 3, (5, 7))
    labels[:, ::2] = -100
    ours = implementation.TokenClassifier(12, 3)
    theirs = library_model("BertForTokenClassification", 3)
    yield from compared(ours, theirs, labels, labels)


def library_model(name, num_labels):
    """One of the library's classifiers, with large random weights."""
    import transformers

    config = transformers.BertConfig(
        vocab_size=29,
        hidden_size=12,
        num_hidden_layers=0,
        num_attention_heads=1,
        max_position_embeddings=16,
        num_labels=num_labels,
    )
    model = getattr(transformers, name)(config).eval().double()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_()
    return model


def compared(ours, theirs, labels, their_labels):
    """Logits and loss of both over the same hidden states."""
    library = theirs.state_dict()
    mapped = {
        name: library[LIBRARY_NAMES.get(name, name)]
        for name in ours.state_dict()
    }
    ours.load_state_dict(mapped)
    ours.eval().double()
    ids = torch.randint(1, 29, (5, 7))
    hidden = theirs.bert(ids).last_hidden_state
    expected = theirs(ids, labels=their_labels)
    task = theirs.config.problem_type or "tokens"
    yield f"{task}: logits", ours(hidden), expected.logits
    yield f"{task}: loss", ours.loss(hidden, labels), expected.loss


LIBRARY_NAMES = {
    "dense.weight": "bert.pooler.dense.weight",
    "dense.bias": "bert.pooler.dense.bias",
}
