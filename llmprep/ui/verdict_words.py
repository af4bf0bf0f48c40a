"""A verdict in words: each problem in one sentence with the learner's own names, shapes and line."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from llmprep.content.items import Language
from llmprep.judge.verdict import Outcome

Detail = dict[str, Any]
_FILE_AND_LINE = re.compile(r" \([^()]*, line \d+\)$")  # which Python appends; `_line` says it better

_VARIATIONS = {
    "base": ("", ""),
    "untouched": ("inputs untouched", "输入不变"),
    "float64": ("float64 inputs", "float64 输入"),
    "bfloat16": ("bfloat16 inputs", "bfloat16 输入"),
    "layout": ("non-contiguous inputs", "非连续内存的输入"),
    "gradient": ("gradients", "梯度"),
}


def variation(name: str, language: Language) -> str:
    """What a variation changes, in words; empty for the plain run."""
    return _pick(language, *_VARIATIONS.get(name, (name, name)))


def title(outcome: Outcome, language: Language) -> str:
    """The probe's title, with the variation if there is one."""
    base = _pick(language, outcome.en, outcome.zh)
    extra = variation(outcome.variation, language)
    return f"{base} · {extra}" if extra else base


def message(outcome: Outcome, language: Language) -> str:
    """What went wrong in one run, as one or two sentences; empty when it passed."""
    if outcome.passed or outcome.problem is None:
        return ""
    said = _MESSAGES[outcome.problem](outcome.detail, language, outcome.variation)
    return said + _stage(outcome.detail, language)


def _stage(detail: Detail, language: Language) -> str:
    """Which part of a whole model is the first that differs."""
    stage, right = detail.get("stage"), detail.get("right")
    parts = []
    if stage and right:
        parts.append(_pick(language, f"Up to `{right}` all is right; the first output that differs is that of `{stage}`.",
                           f"到 `{right}` 为止都是对的；第一个不同的是 `{stage}` 的输出。"))  # fmt: skip
    elif stage:
        parts.append(
            _pick(language, f"The output of `{stage}` differs already.", f"`{stage}` 的输出就已经不同了。")
        )
    elif right:
        parts.append(_pick(language, f"Up to `{right}` all is right; it goes wrong after that.",
                           f"到 `{right}` 为止都是对的；错在它之后。"))  # fmt: skip
    if detail.get("not-run"):
        names = ", ".join(f"`{name}`" for name in detail["not-run"])
        parts.append(_pick(language, f"Never called: {names}.", f"没有被调用：{names}。"))
    joined = _pick(language, " ", "").join(parts)
    return f"\n{joined}" if joined else ""


def _pick(language: Language, en: str, zh: str) -> str:
    return zh if language == "zh" else en


def _line(detail: Detail, language: Language) -> str:
    """Where in the learner's file, with the line itself."""
    if not detail.get("line"):
        return ""
    code = f"`{detail['code']}`" if detail.get("code") else ""
    colon = _pick(language, ": ", "：") if code else ""
    return _pick(language, f" Line {detail['line']}{colon}{code}", f"第 {detail['line']} 行{colon}{code}")


def _place(detail: Detail, language: Language) -> str:
    """Which part of what the probe returned."""
    path = [str(step) for step in detail.get("path", ())]
    if not path:
        return ""
    joined = ".".join(path)
    if path[0].startswith(("call", "module")):
        return _pick(language, f" for {_leaf(path[0], language)}", f"（{_leaf(path[0], language)}）")
    return _pick(language, f" in part {joined}", f"（第 {joined} 部分）")


def _leaf(path: str, language: Language) -> str:
    """`call0.2` → third argument of the first call; `module0.W_q.weight` → the parameter."""
    head, _, rest = path.partition(".")
    if head.startswith("module"):
        return rest
    call = int(head.removeprefix("call")) + 1 if head.removeprefix("call").isdigit() else 1
    if rest.isdigit():
        index = int(rest) + 1
        return _pick(language, f"argument {index} of call {call}", f"第 {call} 次调用的第 {index} 个参数")
    return rest


def _shape(shape: Any) -> str:
    return (
        f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"
        if isinstance(shape, list | tuple)
        else str(shape)
    )


def _number(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _missing(detail: Detail, language: Language, run: str) -> str:
    what, name = detail.get("what"), detail.get("name", "")
    if detail.get("type") == "NotImplementedError":
        where = detail.get("function") or "?"
        return _pick(language, f"`{where}` is not written yet.", f"`{where}` 还没有写。")
    if what == "parameters":
        missing = ", ".join(f"{k} {_shape(v)}" for k, v in detail["missing"].items())
        extra = ", ".join(f"{k} {_shape(v)}" for k, v in detail["extra"].items())
        if missing and extra:
            return _pick(language, f"Parameters of {detail['class']}: expected {missing}; you have {extra}.",
                         f"{detail['class']} 的参数不一致：应有 {missing}；你的是 {extra}。")  # fmt: skip
        if missing:
            return _pick(language, f"{detail['class']} lacks the parameter {missing} (a plain tensor or list is not registered).",
                         f"{detail['class']} 缺少参数 {missing}（普通张量或 list 不会被注册）。")  # fmt: skip
        return _pick(
            language,
            f"{detail['class']} has a parameter too many: {extra}.",
            f"{detail['class']} 多了参数 {extra}。",
        )
    if what == "module":
        return _pick(language, f"{name} is not a torch.nn.Module.", f"{name} 不是 torch.nn.Module。")
    if what == "lazy":
        return _pick(language, f"The parameter {name} has no shape until the first call; build it in __init__.",
                     f"参数 {name} 在第一次调用前没有形状，请在 __init__ 里建好。")  # fmt: skip
    return _pick(language, f"Your file does not define `{name}`.", f"你的文件里没有定义 `{name}`。")


def _signature(detail: Detail, language: Language, run: str) -> str:
    expected = f" {detail['expected']}" if detail.get("expected") else ""
    name, accepts = detail.get("name", ""), detail.get("accepts", "")
    return _pick(language, f"`{name}` cannot be called as the prompt says: yours takes {accepts}, expected{expected}.",
                 f"`{name}` 不能按题目的方式调用：你的参数是 {accepts}，应为{expected}。")  # fmt: skip


def _exception(detail: Detail, language: Language, run: str) -> str:
    kind, text = detail.get("type", "Exception"), detail.get("message", "").rstrip(". \n")
    said = f"{kind}: {text}" if text else kind
    if "rank" in detail:
        rank = detail["rank"]
        said = _pick(language, f"On rank {rank}: {said}", f"在 rank {rank} 上：{said}")
    tensors = ", ".join(f"{name} {shape}" for name, shape in detail.get("locals", {}).items())
    where = _line(detail, language)
    if kind == "SystemExit":
        return _pick(
            language,
            f"Your code ends the program (sys.exit).{where}",
            f"你的代码调用了 sys.exit，结束了程序。{where}",
        )
    if kind in ("SyntaxError", "IndentationError", "TabError"):
        text = _FILE_AND_LINE.sub("", text)
        return _pick(
            language,
            f"The file is not valid Python: {text}.{where}",
            f"文件不是合法的 Python：{text}。{where}",
        )
    if kind == "RecursionError":
        return _pick(language, f"The recursion never ends.{where}", f"递归没有终点。{where}")
    if tensors:
        return _pick(
            language, f"{said}.{where}\nTensors there: {tensors}", f"{said}。{where}\n当时的张量：{tensors}"
        )
    return _pick(language, f"{said}.{where}", f"{said}。{where}")


def _wrong_shape(detail: Detail, language: Language, run: str) -> str:
    if detail.get("what") == "parameters":
        name, expected, actual = detail["name"], _shape(detail["expected"]), _shape(detail["actual"])
        return _pick(
            language,
            f"The parameter {name} has shape {actual}; expected {expected}.",
            f"参数 {name} 的形状是 {actual}，应为 {expected}。",
        )
    expected, actual = _shape(detail.get("expected")), _shape(detail.get("actual"))
    place = _place(detail, language)
    if detail.get("what") == "structure":
        return _pick(
            language,
            f"You return {actual}{place}; expected {expected}.",
            f"你返回了 {actual}{place}，应为 {expected}。",
        )
    return _pick(
        language,
        f"The shape is {actual}{place}; expected {expected}.",
        f"形状是 {actual}{place}，应为 {expected}。",
    )


def _dtype(detail: Detail, language: Language, run: str) -> str:
    place = _place(detail, language)
    return _pick(language, f"The dtype is {detail['actual']}{place}; expected {detail['expected']}.",
                 f"dtype 是 {detail['actual']}{place}，应为 {detail['expected']}。")  # fmt: skip


def _nan(detail: Detail, language: Language, run: str) -> str:
    what = {"nan": "NaN", "inf": "inf"}.get(str(detail.get("what")), "NaN")
    place = _place(detail, language)
    kind = _pick(language, "gradient", "梯度") if run == "gradient" else _pick(language, "result", "结果")
    share = f" ({detail['share']:.0%})" if "share" in detail else ""
    return _pick(
        language,
        f"The {kind} contains {what}{share}{place} where it should be finite.",
        f"{kind}里出现了 {what}{share}{place}，本应是有限值。",
    )


def _values(detail: Detail, language: Language, run: str) -> str:
    place = _place(detail, language)
    if detail.get("what") == "requires-grad":
        wanted = _pick(
            language,
            "trained" if detail["expected"] else "frozen",
            "可训练" if detail["expected"] else "冻结",
        )
        return _pick(
            language,
            f"The parameter {detail['name']} should be {wanted}.",
            f"参数 {detail['name']} 应当{wanted}。",
        )
    if detail.get("what") == "tied":
        return _pick(language, f"The parameter {detail['name']} is tied to the wrong one: it should share with {detail['expected']}.",
                     f"参数 {detail['name']} 的共享关系不对：应与 {detail['expected']} 共享。")  # fmt: skip
    if detail.get("what") == "law":
        return _pick(
            language,
            "The random outcomes follow another distribution than the reference's.",
            "随机结果的分布与参考答案不同。",
        )
    kind = (
        _pick(language, "The gradient", "梯度") if run == "gradient" else _pick(language, "The value", "值")
    )
    index = detail.get("index")
    where = ", ".join(map(str, index)) if index else ""
    at = _pick(language, f"{kind} at [{where}]", f"位置 [{where}] 的{kind}") if where else kind
    expected, actual = _number(detail.get("expected")), _number(detail.get("actual"))
    if detail.get("share") is None or detail["share"] >= 0.9995:
        extent = ""
    elif detail["share"] < 0.005:
        extent = _pick(language, " (a few elements are wrong)", "（少数元素不对）")
    else:
        extent = _pick(
            language,
            f" ({detail['share']:.0%} of the elements are wrong)",
            f"（{detail['share']:.0%} 的元素不对）",
        )
    return _pick(
        language,
        f"{at} is {actual}{place}, expected {expected}{extent}.",
        f"{at}是 {actual}{place}，应为 {expected}{extent}。",
    )


def _mutated(detail: Detail, language: Language, run: str) -> str:
    names = ", ".join(f"`{name}`" for name in detail.get("names", ()))
    return _pick(
        language,
        f"You change your input {names} in place; the caller still needs it.",
        f"你原地修改了输入 {names}，调用者还要用它。",
    )


def _forbidden(detail: Detail, language: Language, run: str) -> str:
    calls = []
    for call in detail.get("calls", ()):
        where = (
            _pick(language, f" (line {call['line']})", f"（第 {call['line']} 行）")
            if call.get("line")
            else ""
        )
        calls.append(f"{call.get('name')}{where}")
    joined = ", ".join(calls)
    return _pick(
        language,
        f"This drill does not allow {joined}: that is the part to write yourself.",
        f"这题不允许用 {joined}：这正是要手写的部分。",
    )


def _cost(detail: Detail, language: Language, run: str) -> str:
    names = {
        "largest": ("largest tensor, bytes", "最大张量字节数"),
        "peak": ("peak bytes", "峰值字节数"),
        "flops": ("FLOPs", "FLOPs"),
        "operators": ("operator calls", "算子调用次数"),
    }
    what = _pick(language, *names.get(str(detail.get("what")), ("cost", "开销")))
    return _pick(language, f"Right, but too costly ({what}): {detail.get('actual')}, the reference needs {detail.get('expected')}.",
                 f"结果对，但开销过大（{what}）：{detail.get('actual')}，参考答案只要 {detail.get('expected')}。")  # fmt: skip


def _timeout(detail: Detail, language: Language, run: str) -> str:
    seconds, where = _number(float(detail.get("seconds", 0))), _line(detail, language)
    if detail.get("what") == "ranks":
        waiting = _pick(language, ", ", "、").join(map(str, detail.get("waiting", ())))
        return _pick(language, f"A dead-lock: rank(s) {waiting} wait for something that never comes.",
                     f"死锁：rank {waiting} 一直在等，等不到结果。")  # fmt: skip
    return _pick(
        language,
        f"It does not end within {seconds} s; is there a loop that never stops?{where}",
        f"{seconds} 秒内没有结束；是不是有死循环？{where}",
    )


def _memory(detail: Detail, language: Language, run: str) -> str:
    where = _line(detail, language)
    return _pick(
        language,
        f"It asks for more memory than a drill can need.{where}",
        f"申请的内存超出了题目可能需要的量。{where}",
    )


def _crashed(detail: Detail, language: Language, run: str) -> str:
    status = detail.get("status")
    if detail.get("what") == "flooding":
        return _pick(language, "It was stopped: it started too many threads, or wrote too much to the disk.",
                     "已中止：启动的线程太多，或者写到磁盘上的数据太多。")  # fmt: skip
    if detail.get("what") == "rank":
        rank = detail.get("rank")
        return _pick(
            language, f"Rank {rank} ended before it returned anything.", f"rank {rank} 没有返回就结束了。"
        )
    if detail.get("what") == "no-ranks":
        return _pick(language, "This machine cannot start several connected processes, which this drill needs (Linux or macOS).",
                     "这台机器无法启动本题需要的多个互联进程（需要 Linux 或 macOS）。")  # fmt: skip
    if isinstance(status, int) and status < 0:
        return _pick(
            language,
            f"Your code crashed the Python process (signal {-status}).",
            f"你的代码让 Python 进程崩溃了（信号 {-status}）。",
        )
    if detail.get("what") == "ended":
        return _pick(
            language,
            "Your code ended the Python process before the checks were done.",
            "检查还没做完，你的代码就结束了 Python 进程。",
        )
    return _pick(language, "The run gave no usable result.", "这次运行没有给出可用的结果。")


_MESSAGES: dict[str, Callable[[Detail, Language, str], str]] = {
    "missing": _missing,
    "signature": _signature,
    "exception": _exception,
    "shape": _wrong_shape,
    "dtype": _dtype,
    "nan": _nan,
    "values": _values,
    "mutated-input": _mutated,
    "forbidden": _forbidden,
    "cost": _cost,
    "timeout": _timeout,
    "memory": _memory,
    "crashed": _crashed,
}
