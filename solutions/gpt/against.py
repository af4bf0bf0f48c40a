"""GPT-2 in transformers; its Conv1D holds weights transposed."""

import torch

COUNTERPART = "transformers.models.gpt2.modeling_gpt2.GPT2LMHeadModel"
LAYERS = 3


def pairs(implementation, seed):
    """Embedding, every block, logits and loss, with the same weights."""
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(seed)
    config = GPT2Config(
        vocab_size=29,
        n_positions=16,
        n_embd=24,
        n_head=3,
        n_layer=LAYERS,
        bos_token_id=None,
        eos_token_id=None,
        attn_implementation="eager",
    )
    theirs = GPT2LMHeadModel(config).eval().double()
    with torch.no_grad():
        for parameter in theirs.parameters():
            parameter.normal_(std=0.3)
    ours = implementation.GPT(29, 16, 24, 3, LAYERS).double()
    ours.load_state_dict(dict(_converted(theirs.state_dict())))
    seen = {}
    for place in range(LAYERS):
        ours.h[place].register_forward_hook(_keeping(seen, place))
    ids = torch.randint(0, 29, (2, 11))
    targets = torch.cat((ids[:, 1:], torch.full((2, 1), -1)), dim=1)
    logits, loss = ours(ids, targets)
    expected = theirs(ids, labels=ids, output_hidden_states=True)
    hidden = expected.hidden_states
    if (
        0 in seen
    ):  # a block may be built otherwise than as a module that is called
        yield "embedding", seen[0][0], hidden[0]
    for place in range(LAYERS - 1):  # the library gives the last one normalised
        if place in seen:
            yield f"block {place}", seen[place][1], hidden[place + 1]
    if LAYERS - 1 in seen:
        last = ours.ln_f(seen[LAYERS - 1][1])
        yield f"block {LAYERS - 1} and last norm", last, hidden[LAYERS]
    yield "logits", logits, expected.logits
    yield "loss", loss, expected.loss


def _converted(weights):
    """Their names and layout to ours."""
    for name, value in weights.items():
        inner = name.removeprefix("transformer.")
        linear = inner.startswith("h.") and value.dim() == 2
        yield inner, value.mT if linear else value


def _keeping(seen, place):
    """A hook that keeps what goes into and comes out of a block."""

    def keep(module, arguments, output):
        seen[place] = arguments[0], output

    return keep
