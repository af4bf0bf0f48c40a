"""A learner's file is read as Python reads it; what cannot be read is told with its line."""

from __future__ import annotations

import pytest

RIGHT = "def scale(x):\n    return x * 2\n"


# -------------------------------------------------------------------- loads


@pytest.mark.parametrize(
    "source",
    [
        RIGHT.encode(),
        b"\xef\xbb\xbf" + RIGHT.encode(),
        RIGHT.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + RIGHT.replace("\n", "\r\n").encode(),
        "# -*- coding: gbk -*-\n# 乘以二\n".encode("gbk") + RIGHT.encode(),
        RIGHT.rstrip("\n").encode(),
        "def scale(输入):\n    结果 = 输入 * 2  # 翻倍\n    return 结果\n".encode(),
        b"from __future__ import annotations\n" + RIGHT.encode(),
        b"scale = lambda x: x * 2\n",
        b"import functools\nscale = functools.partial(lambda factor, x: x * factor, 2)\n",
        RIGHT.encode() + b"if __name__ == '__main__':\n    raise SystemExit(1)\n",
        RIGHT.encode()
        + b"print('hello')\nimport sys, os\nos.write(1, b'raw' * 9)\nsys.stdout.buffer.write(b'x')\n",
        RIGHT.encode() + b"import sys\nsys.stdout.reconfigure(encoding='utf-8')\nsys.stderr.write('note')\n",
        b"import torch\ntorch.set_default_dtype(torch.float64)\ntorch.set_grad_enabled(False)\n"
        + RIGHT.encode(),
    ],
    ids=range(14),
)
def test_honest_files_load(source, scale, grade):
    verdict = grade(scale, source)
    assert verdict.passed, verdict.first_failure


def test_dataclasses_helpers_and_postponed_annotations_load(scale, grade):
    verdict = grade(
        scale,
        """
        from __future__ import annotations

        import pickle
        from dataclasses import dataclass, field
        from typing import ClassVar, NamedTuple

        import torch

        @dataclass
        class Config:
            names: ClassVar[list[str]] = []
            factor: int = 2
            parts: list[Part] = field(default_factory=list)

        @dataclass(frozen=True)
        class Part:
            value: float

        class Pair(NamedTuple):
            left: torch.Tensor
            right: torch.Tensor

        def scale(x: torch.Tensor) -> torch.Tensor:
            config = pickle.loads(pickle.dumps(Config()))
            pair = Pair(x, x)
            return (pair.left + pair.right) * config.factor / 2
        """,
    )
    assert verdict.passed, verdict.first_failure


def test_threads_and_scripts_work(scale, grade):
    verdict = grade(
        scale,
        """
        import threading, torch

        def scale(x):
            out = []
            worker = threading.Thread(target=lambda: (print("in a thread"), out.append(x * 2)))
            worker.start()
            worker.join()
            return out[0]

        print("loaded")
        """,
    )
    assert verdict.passed, verdict.first_failure
    assert verdict.printed.startswith("loaded\nin a thread\n")


# ------------------------------------------------------------ does not load


@pytest.mark.parametrize(
    ("source", "kind", "line", "code"),
    [
        ("def scale(x):\n    return x *\n", "SyntaxError", 2, "return x *"),
        ("def scale(x):\nreturn x\n", "IndentationError", 2, "return x"),
        ("def scale(x):\n\tif x:\n        pass\n", "TabError", 3, "pass"),
        ("import nothing_like_it\n", "ModuleNotFoundError", 1, "import nothing_like_it"),
        ("x = 1\nx.y\n", "AttributeError", 2, "x.y"),
        ("raise ValueError('乱')\n", "ValueError", 1, "raise ValueError('乱')"),
        ("import sys\nsys.exit(3)\n", "SystemExit", 2, "sys.exit(3)"),
        ("raise KeyboardInterrupt\n", "KeyboardInterrupt", 1, "raise KeyboardInterrupt"),
        ("def f():\n    return f()\nf()\n", "RecursionError", 2, "return f()"),
        ("x = " + "(" * 5000 + ")" * 5000 + "\n", "SyntaxError", 1, None),
        ("import attention\n", "ModuleNotFoundError", 1, "import attention"),
    ],
)
def test_a_file_that_cannot_be_imported_is_told_with_its_line(source, kind, line, code, scale, fails):
    first = fails(scale, source)
    assert (first.probe, first.problem) == ("load", "exception")
    assert (first.detail["type"], first.detail["line"]) == (kind, line)
    if code is not None:
        assert first.detail["code"] == code


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("x = '中文'\n".encode("gbk") + RIGHT.encode(), 1),
        (RIGHT.encode("utf-16"), 1),
        (RIGHT.encode() + b"\0", 3),
        (b"\x89PNG\r\n\x1a\n\0\0", 3),
    ],
)
def test_a_file_that_is_no_utf8_text_is_told(source, line, scale, fails):
    first = fails(scale, source)
    assert (first.problem, first.detail["type"]) == ("exception", "SyntaxError")
    assert first.detail["line"] == line


def test_a_syntax_error_says_what_and_not_where_the_file_lies(scale, fails):
    assert fails(scale, "def scale(x)\n").detail["message"] == "expected ':'"
