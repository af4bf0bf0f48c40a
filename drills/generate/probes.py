"""Hidden tests of `generate`; the model knows what each sequence should say, and notes what it is fed."""

import torch

from llmprep.judge.probes import Tools, probe

VOCABULARY, EOS, PAD = 12, 11, 0


@probe(en="Prompts of different lengths, nobody says EOS", zh="prompt 长短不一，谁也没说 EOS")
def until_the_limit(impl, t: Tools):
    return run(impl, t, prompts=(3, 1, 5), ends=(None, None, None), limit=4)


@probe(en="One prompt without padding", zh="一条 prompt，没有 padding")
def one_sequence(impl, t: Tools):
    return [
        run(impl, t, prompts=(4,), ends=(None,), limit=3),
        run(impl, t, prompts=(2,), ends=(2,), limit=5),
    ]


@probe(
    en="EOS at once, in the middle, at the very end and never",
    zh="有的一上来就 EOS，有的在中间，有的在最后，有的没有",
)
def ends_apart(impl, t: Tools):
    return run(impl, t, prompts=(2, 4, 3, 1), ends=(0, 2, 4, None), limit=5)


@probe(en="Everybody has said EOS before the limit", zh="没到上限，所有序列都已 EOS")
def all_done_early(impl, t: Tools):
    return run(impl, t, prompts=(3, 4, 2), ends=(3, 0, 1), limit=9)


@probe(en="Padding is EOS, and EOS stands in the prompts", zh="padding 就是 EOS，prompt 里也有 EOS")
def padding_is_eos(impl, t: Tools):
    return run(impl, t, prompts=(2, 4, 5), ends=(1, None, 3), limit=5, pad=EOS, eos_in_prompts=True)


@probe(en="A limit of one token, and of none", zh="上限为 1 个 token，以及 0 个")
def small_limits(impl, t: Tools):
    return [
        run(impl, t, prompts=(2, 3), ends=(None, 0), limit=1),
        run(impl, t, prompts=(3, 1), ends=(None, None), limit=0),
    ]


@probe(en="Gradients are off while the model runs", zh="模型运行时不记录梯度")
def gradients_off(impl, t: Tools):
    model, ids, mask = scripted(t, (2, 3), (None, 1), 3, PAD, False)
    with torch.enable_grad():
        impl.generate(model, ids, mask, max_new_tokens=3, eos_id=EOS, pad_id=PAD)
    return model.recorded_gradients


def run(impl, t, prompts, ends, limit, pad=PAD, eos_in_prompts=False):
    """What is generated, and how many tokens the model was fed in each call."""
    model, ids, mask = scripted(t, prompts, ends, limit, pad, eos_in_prompts)
    return {"ids": impl.generate(model, ids, mask, limit, EOS, pad), "fed": model.fed}


def scripted(t, prompts, ends, limit, pad, eos_in_prompts):
    """A model for prompts of the given lengths that says EOS as new token number `ends[b]`, or not at all."""
    width = max(prompts) + (len(prompts) > 1)  # in a batch even the longest has some padding
    ids = torch.full((len(prompts), width), pad)
    mask = torch.zeros(len(prompts), width, dtype=torch.bool)
    lines = []
    for row, (length, end) in enumerate(zip(prompts, ends, strict=True)):
        line = t.randint(1, EOS, length + limit + 2)
        if eos_in_prompts:
            line[0] = EOS
        if end is not None:
            line[length + end] = EOS
        ids[row, width - length :], mask[row, width - length :] = line[:length], True
        lines.append(line.tolist())
    return ScriptedModel(lines, t.randn(VOCABULARY, scale=0.3, shift=-4.0)), ids, mask


class ScriptedModel:
    """Goes on with a sequence's line as long as it has read exactly the beginning of it.

    After anything else it talks nonsense. The cache is the tokens it was fed.
    """

    def __init__(self, lines, base):
        self.lines = lines
        self.base = base
        self.fed = []
        self.recorded_gradients = []

    def __call__(self, ids, mask, cache=None):
        """Shapes: ids (B, T), mask (B, S + T), cache (B, S) or None -> logits (B, T, V), cache (B, S + T)."""
        if len(ids) != len(self.lines):
            raise ValueError(f"the model is fed {len(ids)} of {len(self.lines)} sequences")
        self.fed.append(ids.shape[1])
        self.recorded_gradients.append(torch.is_grad_enabled())
        cache = ids if cache is None else torch.cat((cache, ids), dim=1)
        if mask.shape != cache.shape:
            raise ValueError(
                f"the mask is {tuple(mask.shape)}, the model has read {tuple(cache.shape)} tokens"
            )
        logits = self.base.repeat(*ids.shape, 1)
        for row, line in enumerate(self.lines):
            for place in range(ids.shape[1]):
                end = cache.shape[1] - ids.shape[1] + place + 1
                read = cache[row, :end][mask[row, :end].bool()].tolist()
                logits[row, place, self._next(line, read)] += 6.0
        return logits, cache

    def _next(self, line, read):
        fits = read and read == line[: len(read)] and len(read) < len(line)
        return line[len(read)] if fits else (3 + sum(read)) % (VOCABULARY - 1)
