"""LLaMA in transformers, layer by layer."""

import torch

COUNTERPART = "transformers.models.llama.modeling_llama.LlamaForCausalLM"
LAYERS = 3


def pairs(implementation, seed):
    """Embedding, every layer, last norm and logits; then a tied model."""
    yield from _one_model(implementation, seed, tied=False)
    yield from _one_model(implementation, seed, tied=True)


def _one_model(implementation, seed, tied):
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=29,
        hidden_size=24,
        intermediate_size=20,
        num_hidden_layers=LAYERS,
        num_attention_heads=6,
        num_key_value_heads=2,
        rope_parameters={"rope_type": "default", "rope_theta": 500.0},
        tie_word_embeddings=tied,
        bos_token_id=None,
        eos_token_id=None,
        attn_implementation="eager",
    )
    theirs = LlamaForCausalLM(config).eval()
    with torch.no_grad():
        for name, parameter in theirs.named_parameters():
            parameter.normal_(mean=float("norm" in name), std=0.3)
    ours = implementation.Llama(
        29,
        24,
        LAYERS,
        6,
        2,
        20,
        base=500.0,
        eps=config.rms_norm_eps,
        tied=tied,
    )
    weights = theirs.state_dict().items()
    ours.load_state_dict({n.removeprefix("model."): w for n, w in weights})
    seen = {}
    places = ["embed_tokens", *(f"layers.{i}" for i in range(LAYERS)), "norm"]
    for side, model in (("ours", ours), ("theirs", theirs.model)):
        for place in places:
            part = model.get_submodule(place)
            part.register_forward_hook(_keeping(seen, side, place))
    ids = torch.randint(0, 29, (2, 11))
    logits, expected = ours(ids), theirs(ids).logits
    kind = "tied" if tied else "untied"
    for place in places:
        # a part may be built otherwise than as a module that is called
        if ("ours", place) in seen:
            yield (
                f"{kind}, {place}",
                seen["ours", place],
                seen["theirs", place],
            )
    yield f"{kind}, logits", logits, expected


def _keeping(seen, side, place):
    """A hook that keeps what a part gives."""

    def keep(module, arguments, output):
        seen[side, place] = output[0] if isinstance(output, tuple) else output

    return keep
