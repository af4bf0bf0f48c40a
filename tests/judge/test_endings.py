"""Candidates that do not end, end too early, or take the process with them."""

from __future__ import annotations

import pytest

RIGHT = "def scale(x):\n    return x * 2\n"


ENDLESS = {
    "import": (("load", "base"), "while True: pass\n"),
    "call": (("values", "base"), "def scale(x):\n    while True: pass\n"),
    "float64": (
        ("values", "float64"),
        "def scale(x):\n    while x.dtype.itemsize == 8: pass\n    return x * 2\n",
    ),
    "sleep": (("values", "base"), "import time\ndef scale(x):\n    time.sleep(1000)\n"),
    "matmul": (
        ("values", "base"),
        """
        import torch
        def scale(x):
            a = torch.randn(500, 500)
            while True: a = a @ a
        """,
    ),
    "swallows": (
        ("values", "base"),
        """
        def scale(x):
            while True:
                try:
                    while True: pass
                except BaseException: pass
        """,
    ),
    "backward": (
        ("values", "gradient"),
        """
        import torch
        class Double(torch.autograd.Function):
            @staticmethod
            def forward(context, x):
                return x * 2
            @staticmethod
            def backward(context, gradient):
                while True: pass
        def scale(x):
            return Double.apply(x)
        """,
    ),
    "signals": (
        ("values", "base"),
        """
        import signal
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        def scale(x):
            while True: pass
        """,
    ),
    "deadlock": (
        ("values", "base"),
        """
        import threading
        lock = threading.Lock()
        lock.acquire()
        def scale(x):
            lock.acquire()
        """,
    ),
}


@pytest.mark.parametrize("case", ENDLESS)
def test_what_never_ends_is_ended_and_told_where(case, scale, hasty, fails):
    place, source = ENDLESS[case]
    first = fails(scale, source, by=hasty)
    assert (first.problem, (first.probe, first.variation)) == ("timeout", place)
    assert first.detail["seconds"] == 0.6


def test_what_is_right_but_takes_too_long_in_all_is_told_with_the_whole_time(make_drill, hasty, fails):
    probe = """
@probe(en="{n}", zh="{n}", no_grad=True, dtypes=False)
def p{n}(impl, t: Tools):
    return impl.scale(t.randn(2))
"""
    drill = make_drill("".join(probe.format(n=n) for n in range(12)), RIGHT)
    source = """
    import time
    def scale(x):
        end = time.monotonic() + 0.4
        while time.monotonic() < end: pass
        return x * 2
    """
    first = fails(drill, source, by=hasty)
    assert (first.problem, first.detail["seconds"]) == ("timeout", 3.0)


def test_what_was_printed_before_it_hung_is_shown(scale, hasty, grade):
    verdict = grade(scale, "def scale(x):\n    n = 0\n    while True:\n        print(n := n + 1)\n", by=hasty)
    assert verdict.printed.startswith("1\n2\n3\n")
    assert len(verdict.printed) <= 8000


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("import os\nos._exit(7)\n", 7),
        ("import os\ndef scale(x):\n    os._exit(0)\n", 0),
        ("import ctypes\ndef scale(x):\n    ctypes.string_at(0)\n", -11),
        ("import os\ndef scale(x):\n    os.abort()\n", -6),
        ("import os, signal\ndef scale(x):\n    os.kill(os.getpid(), signal.SIGTERM)\n", -15),
        ("import os\ndef scale(x):\n    os.closerange(0, 200)\n    while True: pass\n", None),
    ],
    ids=["exit-at-import", "exit-in-call", "segfault", "abort", "kill-itself", "closes-everything"],
)
def test_a_process_that_ends_is_told_as_that(source, status, scale, hasty, fails):
    first = fails(scale, source, by=hasty)
    assert first.problem == "crashed"
    assert first.detail == {"what": "ended", "status": status}


def test_what_it_did_before_it_ended_is_not_forgotten(make_drill, grade):
    drill = make_drill(
        """
        @probe(en="One", zh="一")
        def one(impl, t: Tools):
            return impl.scale(t.randn(2))

        @probe(en="Two", zh="二")
        def two(impl, t: Tools):
            return impl.scale(t.randn(3))
        """,
        RIGHT,
    )
    verdict = grade(
        drill, "import os\ndef scale(x):\n    if x.dtype.itemsize == 8: os._exit(1)\n    return x * 2\n"
    )
    assert [(o.probe, o.variation, o.passed) for o in verdict.outcomes] == [
        ("one", "base", True),
        ("one", "untouched", True),
        ("two", "base", True),
        ("two", "untouched", True),
        ("one", "float64", False),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "raise SystemExit(3)",
        "raise KeyboardInterrupt",
        "exit()",
        "raise BaseException('x')",
        "raise GeneratorExit",
    ],
)
def test_exits_are_exceptions_with_a_line(statement, scale, fails):
    first = fails(scale, f"def scale(x):\n    {statement}\n")
    assert (first.problem, first.detail["line"]) == ("exception", 2)


def test_an_exception_that_cannot_be_printed_is_told_all_the_same(scale, fails):
    first = fails(
        scale,
        """
        class Mute(Exception):
            def __str__(self):
                raise ValueError
        def scale(x):
            raise Mute
        """,
    )
    assert (first.problem, first.detail["type"], first.detail["line"]) == ("exception", "Mute", 6)


@pytest.mark.parametrize(
    "source",
    [
        "def scale(x):\n    hoard = []\n    while True: hoard.append(bytes(1 << 26))\n",
        "import torch\ndef scale(x):\n    hoard = []\n    while True: hoard.append(torch.empty(1 << 24))\n",
        "def scale(x):\n    return [0] * (1 << 34)\n",
        "x = b'x' * (1 << 40)\n",
    ],
    ids=["bytes", "tensors", "list", "at-once"],
)
def test_taking_all_memory_ends_the_candidate_alone(source, scale, fails):
    first = fails(scale, source)
    assert first.problem == "memory"
    assert first.detail["line"] >= 1


@pytest.mark.parametrize(
    "returned",
    [
        "torch.ones(1).expand(10 ** 9)",
        "cyclic",
        "doubled",
        "10 ** 10000",
        "'x' * 10 ** 8",
        "[x] * 10 ** 6",
        "(i for i in ())",
        "torch.ones(2, 3).to_sparse()",
        "torch.ones(2, 3, device='meta')",
        "torch.ones(2, 3).as_subclass(Liar)",
        "Pretender()",
    ],
)
def test_strange_results_are_just_wrong(returned, scale, fails):
    first = fails(
        scale,
        f"""
        import torch
        cyclic = []
        cyclic += [cyclic, cyclic]
        doubled = 1
        for _ in range(22):
            doubled = [doubled, doubled]
        class Liar(torch.Tensor):
            def __eq__(self, other): return True
            @classmethod
            def __torch_function__(cls, func, types, args=(), kwargs=None): return True
        class Pretender:
            __class__ = torch.Tensor
        def scale(x):
            return {returned}
        """,
    )
    assert first.problem in ("shape", "exception", "values")


@pytest.mark.parametrize(
    "body",
    [
        "threading.Thread(target=forever).start()",
        "threading.Thread(target=forever, daemon=True).start()",
        "[threading.Thread(target=forever).start() for _ in range(20)]",
        "atexit.register(forever)",
    ],
)
def test_threads_and_exit_handlers_left_behind_do_not_hold_up_the_verdict(body, scale, grade):
    source = f"""
    import atexit, threading, time
    def forever():
        while True: time.sleep(1)
    {body}
    def scale(x):
        return x * 2
    """
    assert grade(scale, source).passed


def test_deep_recursion_with_the_limit_lifted(scale, hasty, fails):
    source = "import sys\nsys.setrecursionlimit(10 ** 8)\ndef scale(x):\n    return scale(x)\n"
    assert fails(scale, source, by=hasty).problem in ("memory", "crashed", "timeout")
