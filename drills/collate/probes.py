"""Hidden tests of `collate`: plain lists of ints go in, so there is nothing to cast or differentiate."""

from llmprep.judge.probes import Tools, probe


def sample(t: Tools, length: int, high: int = 50):
    return {"input_ids": t.randint(3, high, length).tolist()}


def with_labels(t: Tools, length: int, prompt: int, high: int = 50):
    made = sample(t, length, high)
    return made | {"labels": [-100] * prompt + made["input_ids"][prompt:]}


@probe(en="Samples of different length", zh="长短不一的样本")
def different_lengths(impl, t: Tools):
    return impl.collate([sample(t, length) for length in (5, 2, 7)], 1)


@probe(en="Samples with labels of their own, beside one without", zh="有的样本自带 labels，有的没有")
def own_labels(impl, t: Tools):
    samples = [with_labels(t, 6, 3), sample(t, 4), with_labels(t, 3, 1), with_labels(t, 5, 5)]
    samples[0]["labels"][4] += 60  # not simply a copy of the ids
    return impl.collate(samples, 2)


@probe(en="Padding on the left", zh="左侧 padding")
def on_the_left(impl, t: Tools):
    samples = [with_labels(t, 4, 2), sample(t, 7), sample(t, 1)]
    return [impl.collate(samples, 0, "left"), impl.collate(samples, 0, padding_side="right")]


@probe(en="The padding token is a token of the samples too", zh="padding token 也是样本里的 token")
def padding_is_a_token(impl, t: Tools):
    seen = []
    for pad_id, side in ((9, "right"), (9, "left"), (0, "right")):
        samples = [with_labels(t, 5, 2), sample(t, 3), sample(t, 4)]
        for one in samples:
            one["input_ids"][0] = one["input_ids"][-1] = pad_id
            if "labels" in one:
                one["labels"][-1] = pad_id
        seen.append(impl.collate(samples, pad_id, side))
    return seen


@probe(en="Lengths rounded up to a multiple", zh="长度取整到某个数的倍数")
def multiples(impl, t: Tools):
    seen = []
    for multiple, longest in ((8, 5), (4, 8), (4, 9), (3, 7), (1, 6)):
        samples = [sample(t, 2), with_labels(t, longest, 1)]
        seen.append(impl.collate(samples, 1, pad_to_multiple_of=multiple))
        seen.append(impl.collate(samples, 1, "left", multiple))
    return seen


@probe(en="An empty sample, and one sample alone", zh="空样本，以及只有一个样本")
def empty_sample(impl, t: Tools):
    nothing = {"input_ids": []}
    return [
        impl.collate([sample(t, 3), nothing, {"input_ids": [], "labels": []}], 7),
        impl.collate([sample(t, 4)], 7, "left"),
        impl.collate([nothing], 7, "right", 4),
    ]


@probe(en="Labels of another length are refused", zh="labels 长度不符要报错")
def other_length(impl, t: Tools):
    short, long, empty = (with_labels(t, 4, 1) for _ in range(3))
    short["labels"].pop()
    long["labels"].append(5)
    empty["labels"] = []
    return [
        t.raises(lambda bad=bad: impl.collate([sample(t, 6), bad], 1), ValueError)
        for bad in (short, long, empty)
    ]


@probe(en="The second batch has nothing of the first", zh="第二个 batch 里没有第一个的痕迹")
def twice(impl, t: Tools):
    shared = with_labels(t, 3, 1)
    first = impl.collate([shared, sample(t, 6)], 1)
    second = impl.collate([shared, sample(t, 2)], 4, "left")
    return [first, second]
