"""What the outputs of a wrong answer prove by themselves, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llmprep.content.items import Language

Detail = dict[str, Any]
Words = tuple[str, str]
"""English and Chinese."""

_ONLY_IN = {
    "float64": ("Right in float32; only float64 inputs give something wrong.", "float32 下正确，只有 float64 输入时出错。"),
    "bfloat16": ("Right in float32; only bfloat16 inputs give something wrong.", "float32 下正确，只有 bfloat16 输入时出错。"),
    "layout": ("Right for contiguous inputs; only transposed ones give something wrong.", "输入连续时正确，只有输入不连续（如转置过）时出错。"),
    "gradient": ("The results are right; only the gradients are wrong.", "前向结果正确，只有梯度不对。"),
}  # fmt: skip
_MASKED = {
    "elements": ("Right wherever the mask is True; wrong only where it is False.", "mask 为 True 的地方都对，只有为 False 的地方不对。"),
    "positions": ("Right at the positions that count; wrong only at those the mask leaves out.", "有效位置都对，只有被 mask 去掉的位置不对。"),
    "rows": ("Wrong only in the rows where the mask allows nothing.", "只有 mask 整行都不允许的那些行不对。"),
}  # fmt: skip
_CORNERS = {
    "above-diagonal": (
        "Wrong only above the diagonal of the last two axes.",
        "只有最后两维的对角线上方不对。",
    ),
    "below-diagonal": (
        "Wrong only below the diagonal of the last two axes.",
        "只有最后两维的对角线下方不对。",
    ),
}


def observation(found: Detail, language: Language) -> str:
    """One proved statement in a sentence."""
    en, zh = WORDS[found["kind"]](found)
    return zh if language == "zh" else en


def _swapped(found: Detail) -> Words:
    first, second = found["axes"]
    return (
        f"Your result is right with axes {first} and {second} swapped.",
        f"把你的结果的第 {first} 和第 {second} 维交换，就对了。",
    )


def _permuted(found: Detail) -> Words:
    order = f"({', '.join(map(str, found['order']))})"
    return f"Your result is right after permute{order}.", f"对你的结果做 permute{order}，就对了。"


def _sign(found: Detail) -> Words:
    return "Every value has the wrong sign.", "所有数值的符号都反了。"


def _factor(found: Detail) -> Words:
    factor = f"{found['factor']:.4g}"
    if "square" in found:
        factor = f"√{found['square']} ≈ {factor}"
    elif "inverse-square" in found:
        factor = f"1/√{found['inverse-square']} ≈ {factor}"
    return f"Every value is {factor} times what it should be.", f"所有数值都是正确值的 {factor} 倍。"


def _offset(found: Detail) -> Words:
    size = f"{abs(found['offset']):.4g}"
    if found["offset"] > 0:
        return f"Every value is {size} too large.", f"所有数值都大了 {size}。"
    return f"Every value is {size} too small.", f"所有数值都小了 {size}。"


def _offset_vector(found: Detail) -> Words:
    return (
        "Every row is off by one and the same vector, as with a bias left out or added twice.",
        "每一行都差同一个向量，像是漏加了 bias，或者加了两次。",
    )


def _reversed(found: Detail) -> Words:
    axis = found["axis"]
    return (
        f"Your result is right when axis {axis} is read backwards.",
        f"把你的结果沿第 {axis} 维倒过来，就对了。",
    )


def _shifted(found: Detail) -> Words:
    axis = found["axis"]
    if found["step"] < 0:
        return (
            f"Along axis {axis} every value comes one step too early.",
            f"沿第 {axis} 维，每个值都早了一步。",
        )
    return f"Along axis {axis} every value comes one step too late.", f"沿第 {axis} 维，每个值都晚了一步。"


def _reshaped(found: Detail) -> Words:
    actual, wanted = (f"({', '.join(map(str, found[key]))})" for key in ("shape", "wanted"))
    return (
        f"The numbers are right and in the right order; only the shape is {actual} instead of {wanted}.",
        f"数值和顺序都对，只是形状是 {actual}，应为 {wanted}。",
    )


def _first_of_batch(found: Detail) -> Words:
    return "Right for the first item of the batch only.", "只有 batch 里的第一个样本是对的。"


def _random(found: Detail) -> Words:
    return (
        "With another global random seed your result is another: something random is left in it.",
        "换一个全局随机种子，结果就变了：里面还留着随机的东西。",
    )


def _stale(found: Detail) -> Words:
    return (
        "Each call by itself is right: something stays behind from one call to the next.",
        "单独调用每一次都对：有东西从上一次调用留到了下一次。",
    )


WORDS: dict[str, Callable[[Detail], Words]] = {
    "swapped-axes": _swapped,
    "permuted-axes": _permuted,
    "sign": _sign,
    "factor": _factor,
    "offset": _offset,
    "offset-vector": _offset_vector,
    "reversed": _reversed,
    "shifted": _shifted,
    "reshaped": _reshaped,
    "first-of-batch": _first_of_batch,
    "only-at": lambda found: _CORNERS[found["where"]],
    "only-where-masked": lambda found: _MASKED[found["where"]],
    "only-in": lambda found: _ONLY_IN[found["variation"]],
    "global-random-state": _random,
    "stale-state": _stale,
}
