"""Prompt tuning of a small GPT-2, as peft does it."""

import torch
from torch import nn

COUNTERPART = "peft.get_peft_model with peft.PromptTuningConfig"


def pairs(implementation, seed):
    """Trainable numbers, logits and loss of the same model."""
    import peft
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(seed)
    model = GPT2LMHeadModel(
        GPT2Config(
            vocab_size=17, n_positions=24, n_embd=12, n_layer=2, n_head=3
        )
    )
    model = model.eval()
    config = peft.PromptTuningConfig(
        task_type="CAUSAL_LM", num_virtual_tokens=5
    )
    theirs = peft.get_peft_model(model, config).eval()
    table = nn.Embedding(17, 12)
    table.load_state_dict(model.transformer.wte.state_dict())
    ours = implementation.SoftPrompt(table, 5)
    trainable = sum(p.numel() for p in ours.parameters() if p.requires_grad)
    expected = theirs.get_nb_trainable_parameters()[0]
    yield (
        "trainable",
        torch.tensor(float(trainable)),
        torch.tensor(float(expected)),
    )
    with torch.no_grad():
        prompt = theirs.prompt_encoder["default"].embedding.weight
        prompt.normal_()
        ours.prompt.copy_(prompt)
    ids = torch.randint(17, (3, 6))
    mask = torch.ones_like(ids)
    mask[0, 4:] = 0
    labels = ids.masked_fill(mask == 0, -100)
    embeddings, longer, targets = ours(ids, mask, labels)
    mine = model(
        inputs_embeds=embeddings, attention_mask=longer, labels=targets
    )
    other = theirs(input_ids=ids, attention_mask=mask, labels=labels)
    yield "logits", mine.logits, other.logits
    yield "loss", mine.loss, other.loss
