"""Hidden tests of `sft_loss`: prompts, responses and padding have different lengths in every row."""

import torch

from llmprep.judge.probes import Tools, probe


def lengths(*numbers: int):
    return torch.tensor(numbers)


@probe(en="Prompts and responses of different lengths", zh="prompt 和回答长短不一")
def different_lengths(impl, t: Tools):
    ids = t.randint(0, 7, 3, 9)
    return impl.sft_loss(t.randn(3, 9, 7, scale=2.0), ids, lengths(2, 5, 1), lengths(9, 7, 4))


@probe(en="Labels alone", zh="只看 labels", no_grad=True, dtypes=False)
def labels_alone(impl, t: Tools):
    ids = t.randint(0, 50, 4, 6)
    _, labels = impl.sft_loss(t.randn(4, 6, 50), ids, lengths(0, 3, 5, 6), lengths(2, 6, 6, 6))
    return labels


@probe(en="The first token of the response counts", zh="回答的第一个 token 要计入")
def one_token_responses(impl, t: Tools):
    ids = t.randint(0, 5, 2, 6)
    logits = t.randn(2, 6, 5, scale=2.0)
    return [
        impl.sft_loss(logits, ids, lengths(3, 4), lengths(4, 5)),
        impl.sft_loss(logits, ids, lengths(2, 4), lengths(3, 4)),  # one token in the whole batch
    ]


@probe(en="Padding has the id of the end token, or 0", zh="padding 的 id 与结束符相同，或为 0")
def padding_like_the_end(impl, t: Tools):
    ids, seen = t.randint(1, 6, 3, 8), []
    for padding in (5, 0):
        padded = ids.clone()
        for row, length in zip(padded, (8, 5, 3), strict=True):
            row[length:] = padding
            row[length - 1] = 5
        seen.append(impl.sft_loss(t.randn(3, 8, 6), padded, lengths(4, 2, 1), lengths(8, 5, 3)))
    return seen


@probe(en="An empty prompt, and an id 0 that is an ordinary token", zh="空 prompt，以及 id 0 是普通 token")
def empty_prompt(impl, t: Tools):
    ids = t.randint(0, 2, 2, 5)
    ids[:, 2:4] = 0
    return impl.sft_loss(t.randn(2, 5, 4), ids, lengths(0, 2), lengths(5, 4))


@probe(en="Rows without a response", zh="没有回答的行")
def no_response(impl, t: Tools):
    ids = t.randint(0, 5, 2, 4)
    logits = t.randn(2, 4, 5)
    return [
        impl.sft_loss(logits, ids, lengths(4, 3), lengths(4, 3)),
        impl.sft_loss(logits, ids, lengths(0, 4), lengths(1, 4)),  # a label that nothing predicts
        impl.sft_loss(t.randn(2, 4, 5), ids, lengths(4, 1), lengths(4, 3)),
    ]


# not in bfloat16: logits in the hundreds are rounded by more than the loss of a right answer
@probe(en="Logits in the hundreds", zh="logits 上百", dtypes=False)
def large_logits(impl, t: Tools):
    ids = t.randint(0, 5, 2, 4)
    return impl.sft_loss(t.randn(2, 4, 5, scale=400.0), ids, lengths(1, 2), lengths(3, 4))
