import math

import torch


def linear_frequencies(head_width, factor, base=10000.0):
    return torch.tensor(
        [base ** (-2 * i / head_width) / factor for i in range(head_width // 2)]
    )


def ntk_frequencies(head_width, factor, base=10000.0):
    last = head_width // 2 - 1
    return torch.tensor(
        [
            base ** (-2 * i / head_width) * factor ** (-i / last)
            for i in range(last + 1)
        ]
    )


def yarn_frequencies(
    head_width, factor, original_length, base=10000.0, fast=32, slow=1
):
    def pair(turns):
        return (
            math.log(original_length / (turns * 2 * math.pi), base)
            * head_width
            / 2
        )

    low, high = (
        max(0, math.floor(pair(fast))),
        min(head_width - 1, math.ceil(pair(slow))),
    )
    result = []
    for i in range(head_width // 2):
        theta = base ** (-2 * i / head_width)
        share = min(max((i - low) / (high - low), 0.0), 1.0)
        result.append(theta * (1 - share + share / factor))
    return torch.tensor(result), 1 + math.log(factor) / 10
