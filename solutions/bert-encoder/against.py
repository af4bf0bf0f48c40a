"""BertModel in transformers, hidden states layer by layer."""

import torch

COUNTERPART = "transformers.models.bert.modeling_bert.BertModel"
LAYERS = 3


def pairs(implementation, seed):
    """Random weights; sequences without and with padding, two segments."""
    from transformers import BertConfig, BertModel

    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=31,
        hidden_size=24,
        num_hidden_layers=LAYERS,
        num_attention_heads=3,
        intermediate_size=40,
        max_position_embeddings=16,
    )
    theirs = BertModel(config, add_pooling_layer=False).eval().double()
    with torch.no_grad():
        for parameter in theirs.parameters():
            parameter.normal_(std=0.4)
    ours = implementation.BertEncoder(31, 24, 3, 40, LAYERS, 16)
    library = theirs.state_dict()
    ours.load_state_dict(
        {name: library[library_name(name)] for name in ours.state_dict()}
    )
    ours.eval().double()

    ids = torch.randint(1, 31, (4, 11))
    segments = (torch.arange(11) >= 6).long().expand(4, 11)
    lengths = torch.tensor([[11], [7], [1], [4]])
    mask = (torch.arange(11) < lengths).long()
    yield from compared("no padding", ours, theirs, ids, None, None)
    yield from compared("padding", ours, theirs, ids * mask, mask, segments)


def compared(case, ours, theirs, ids, mask, segments):
    """The embeddings, each layer and the result, of one input."""
    names = ["embeddings", *(f"layers.{i}" for i in range(LAYERS))]
    seen = {}
    hooks = []
    for name, part in ours.named_modules():
        if name in names:
            hooks.append(part.register_forward_hook(noting(seen, name)))
    result = ours(ids, mask, segments)
    for hook in hooks:
        hook.remove()
    expected = theirs(
        ids,
        attention_mask=mask,
        token_type_ids=segments,
        output_hidden_states=True,
    )
    for name, hidden in zip(names, expected.hidden_states, strict=True):
        if isinstance(seen.get(name), torch.Tensor):
            yield f"{case}: {name}", seen[name], hidden
    yield f"{case}: result", result, expected.last_hidden_state


def noting(seen, name):
    """A forward hook that keeps what the part gave."""

    def note(part, arguments, output):
        seen[name] = output

    return note


def library_name(name):
    """What transformers calls a parameter of ours."""
    for short, long in PARTS.items():
        name = name.replace(short, long)
    return name


PARTS = {
    "embeddings.token.": "embeddings.word_embeddings.",
    "embeddings.position.": "embeddings.position_embeddings.",
    "embeddings.segment.": "embeddings.token_type_embeddings.",
    "embeddings.norm.": "embeddings.LayerNorm.",
    "layers.": "encoder.layer.",
    "self_attention.W_q": "attention.self.query",
    "self_attention.W_k": "attention.self.key",
    "self_attention.W_v": "attention.self.value",
    "self_attention.W_o": "attention.output.dense",
    "norm_1": "attention.output.LayerNorm",
    "feed_forward.W_1": "intermediate.dense",
    "feed_forward.W_2": "output.dense",
    "norm_2": "output.LayerNorm",
}
