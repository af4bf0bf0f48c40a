"""A whole grade, from the bytes of a learner's file to a verdict, for what honest learners write."""

from __future__ import annotations

import json
import textwrap

import pytest

from llmprep.judge.client import JudgeProblem
from llmprep.judge.verdict import as_record, from_dict

RIGHT = "def scale(x):\n    return x * 2\n"


# ------------------------------------------------------------------ problems


def test_the_stub_is_missing_its_function_by_name(attention, judge):
    stub = (attention.folder / "stub.py").read_bytes()
    verdict = judge.grade(attention, stub, "attention.py")
    first = verdict.first_failure
    assert first is not None
    assert (first.problem, first.detail["function"]) == ("missing", "attention")
    assert verdict.diagnosis is None


def test_a_missing_name(scale, fails):
    first = fails(scale, "def other(x):\n    return x\n")
    assert (first.problem, first.detail) == ("missing", {"what": "name", "name": "scale"})


def test_a_signature_is_shown_beside_the_expected_one(make_drill, fails):
    drill = make_drill(
        """
        @probe(en="One", zh="一")
        def one(impl, t: Tools):
            return impl.f(t.randn(2), factor=2)
        """,
        "def f(x, factor: int = 1):\n    return x * factor\n",
    )
    first = fails(drill, "def f(x):\n    return x\n")
    assert (first.problem, first.detail["accepts"], first.detail["expected"]) == (
        "signature",
        "(x)",
        "(x, factor: int = 1)",
    )


def test_an_exception_has_the_learners_line_and_the_tensors_there(attention, fails):
    first = fails(
        attention,
        """
        import torch

        def attention(q, k, v, mask=None):
            return combine(q, k) @ v

        def combine(left, right):
            scores = left @ right
            return scores.softmax(-1)
        """,
    )
    assert (first.probe, first.variation, first.problem) == ("values", "base", "exception")
    assert first.detail["type"] == "RuntimeError"
    assert (first.detail["line"], first.detail["code"]) == (8, "scores = left @ right")
    assert first.detail["function"] == "combine"
    assert first.detail["locals"] == {"left": "float32 (2, 5, 8)", "right": "float32 (2, 7, 8)"}


def test_shapes(scale, fails):
    first = fails(scale, "def scale(x):\n    return (x * 2).T\n")
    assert (first.problem, first.detail["expected"], first.detail["actual"]) == ("shape", [2, 3], [3, 2])


def test_structure(scale, fails):
    first = fails(scale, "def scale(x):\n    return x * 2, None\n")
    assert (first.problem, first.detail["expected"], first.detail["actual"]) == (
        "shape",
        "Tensor (2, 3)",
        "tuple[2]",
    )
    first = fails(scale, "def scale(x):\n    y = x * 2\n")
    assert (first.problem, first.detail["actual"]) == ("shape", "None")


def test_nan_in_some_places(scale, fails):
    first = fails(scale, "def scale(x):\n    y = x * 2\n    y[1, 1] = float('nan')\n    return y\n")
    assert (first.problem, first.detail["what"], first.detail["index"]) == ("nan", "nan", [1, 1])
    assert first.detail["map"] == ["...", ".#."]


def test_values_with_the_worst_place(scale, fails):
    first = fails(scale, "def scale(x):\n    y = x * 2\n    y[0, 2] = 1e4\n    return y\n")
    assert (first.problem, first.detail["index"], first.detail["actual"]) == ("values", [0, 2], 1e4)


def test_what_is_wrong_only_in_bfloat16_is_told_there(scale, fails):
    first = fails(
        scale, "def scale(x):\n    return (x * 2).to(x.dtype if x.dtype.itemsize > 2 else x.float().dtype)\n"
    )
    assert (first.variation, first.problem) == ("bfloat16", "dtype")
    assert first.detail["actual"] == "float32"
    first = fails(scale, "def scale(x):\n    return x * (2 if x.element_size() > 2 else 2.2)\n")
    assert (first.variation, first.problem) == ("bfloat16", "values")
    first = fails(scale, "def scale(x):\n    x.new_zeros(2).numpy()\n    return x * 2\n")
    assert (first.variation, first.problem, first.detail["line"]) == ("bfloat16", "exception", 2)


def test_what_is_wrong_only_in_another_layout_is_told_there(scale, fails):
    first = fails(scale, "def scale(x):\n    return x.view(-1).mul(2).view(x.shape)\n")
    assert (first.variation, first.problem, first.detail["line"]) == ("layout", "exception", 2)


def test_what_is_wrong_only_in_the_gradient_is_told_there(scale, fails):
    first = fails(scale, "def scale(x):\n    return x.detach() * 2\n")
    assert (first.variation, first.problem) == ("gradient", "values")
    assert (first.detail["path"], first.detail["actual"]) == (["call0.0"], 0.0)
    first = fails(scale, "import torch\ndef scale(x):\n    with torch.no_grad():\n        return x * 2\n")
    assert (first.variation, first.problem) == ("gradient", "values")
    first = fails(
        scale, "import torch\ndef scale(x):\n    return torch.from_numpy(x.float().numpy() * 2).to(x.dtype)\n"
    )
    assert (first.variation, first.problem, first.detail["line"]) == ("gradient", "exception", 3)


def test_a_failing_backward_step_shows_the_forward_line(scale, fails):
    first = fails(
        scale,
        """
        def scale(x):
            y = x.exp()
            z = y * 2
            y.zero_()
            return x * 2 + 0 * z
        """,
    )
    assert (first.variation, first.problem) == ("gradient", "exception")
    assert (first.detail["line"], first.detail["code"]) == (3, "y = x.exp()")


def test_memory(scale, fails):
    first = fails(scale, "import torch\ndef scale(x):\n    return torch.zeros(10**12)\n")
    assert (first.problem, first.detail["line"]) == ("memory", 3)


def test_parameters_are_told_before_values(make_drill, fails):
    drill = make_drill(
        """
        @probe(en="One", zh="一")
        def one(impl, t: Tools):
            return t.module(impl.Net)(t.randn(2, 3))
        """,
        """
        from torch import nn
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.W_k = nn.Linear(3, 4)
            def forward(self, x):
                return self.W_k(x)
        """,
    )
    first = fails(
        drill,
        """
        from torch import nn
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.key = nn.Linear(3, 4)
            def forward(self, x):
                return self.key(x)
        """,
    )
    assert first.problem == "missing"
    assert first.detail["missing"] == {"W_k.weight": [4, 3], "W_k.bias": [4]}
    assert first.detail["extra"] == {"key.weight": [4, 3], "key.bias": [4]}


# ------------------------------------------------------------------- verdict


@pytest.mark.parametrize("name", ["einsum.py", "float32_inside.py", "loops.py"])
def test_right_answers_that_look_otherwise_pass(name, attention, grade):
    verdict = grade(attention, (attention.solution / "valid" / name).read_bytes())
    assert verdict.passed, verdict.first_failure
    assert verdict.first_failure is None
    assert {outcome.variation for outcome in verdict.outcomes} == {
        "base",
        "untouched",
        "float64",
        "bfloat16",
        "layout",
        "gradient",
    }


def test_a_verdict_survives_json(attention, right, grade):
    for source in (right, right.replace(" / math.sqrt(q.size(-1))", ""), "raise ValueError\n"):
        verdict = grade(attention, source)
        data = json.loads(json.dumps(as_record(verdict), allow_nan=False))
        assert from_dict(data, verdict.seconds) == verdict


def test_infinities_in_a_verdict_are_spelled(scale, grade):
    verdict = grade(scale, "def scale(x):\n    return (x * 2).abs().log().mul(1e30).exp()\n")
    json.dumps(as_record(verdict), allow_nan=False)


def test_the_same_seed_gives_the_same_verdict(attention, right, grade):
    wrong = right.replace("q.size(-1)", "(q.size(-1) + 1)")
    one, other = (as_record(grade(attention, wrong, seed=12)) for _ in range(2))
    assert {**one, "seconds": 0} == {**other, "seconds": 0}
    assert one["seed"] == 12
    assert as_record(grade(attention, wrong, seed=13))["outcomes"] != one["outcomes"]


def test_inputs_are_fresh_without_a_seed(attention, right, grade):
    assert grade(attention, right, seed=None).seed != grade(attention, right, seed=None).seed


def test_prints_are_kept_in_order_and_cut(scale, grade):
    verdict = grade(
        scale, RIGHT + "import sys\nprint('eins')\nprint('zwei', file=sys.stderr)\nprint('三', end='')\n"
    )
    assert verdict.printed == "eins\nzwei\n三"
    verdict = grade(scale, "def scale(x):\n    print('x' * 5_000_000)\n    return x * 2\n")
    assert verdict.passed
    assert 1000 < len(verdict.printed) <= 8000


def test_control_characters_do_not_reach_the_terminal(scale, grade):
    evil = "\x1b]0;title\x07\x1b[2J\u202egnp"
    verdict = grade(scale, f"print({evil!r})\ndef scale(x):\n    raise ValueError({evil!r})\n")
    told = json.dumps(as_record(verdict), ensure_ascii=False)
    assert not set("\x1b\x07\u202e") & set(told)
    assert "title" in verdict.printed


def test_lone_surrogates_do_not_reach_the_terminal(scale, grade):
    verdict = grade(scale, "def scale(x):\n    return '\\udc80'\n")
    json.dumps(as_record(verdict), ensure_ascii=False).encode()


# ------------------------------------------------------------- our own bugs


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ("def f(x):\n    raise ValueError('ours')\n", "fails in probe one"),
        ("def f(x):\n    return {1}\n", "cannot be compared"),
        ("import nothing_like_it\n", "ModuleNotFoundError"),
        ("def f(:\n", "SyntaxError"),
    ],
)
def test_a_broken_reference_is_never_the_learners_fault(reference, says, make_drill, judge):
    drill = make_drill(
        """
        @probe(en="One", zh="一")
        def one(impl, t: Tools):
            return impl.f(t.randn(2))
        """,
        reference,
    )
    with pytest.raises(JudgeProblem, match=says):
        judge.grade(drill, b"def f(x):\n    return x\n", "answer.py")


def test_broken_probes_and_no_probes_are_never_the_learners_fault(make_drill, judge):
    for name, probes in (("broken", "def one(:\n"), ("none", "x = 1\n")):
        drill = make_drill(probes, "def f(x):\n    return x\n", name=name)
        with pytest.raises(JudgeProblem):
            judge.grade(drill, b"def f(x):\n    return x\n", "answer.py")


def test_the_judge_goes_on_after_a_problem_of_its_own(make_drill, judge, attention, right):
    drill = make_drill("x = 1\n", "y = 1\n")
    with pytest.raises(JudgeProblem):
        judge.grade(drill, b"", "answer.py")
    assert judge.grade(attention, right.encode(), "answer.py").passed


def test_drills_in_turn_do_not_see_each_other(attention, right, scale, grade):
    assert grade(scale, RIGHT).passed
    assert grade(attention, right).passed
    first = grade(scale, "import sys\nassert 'attention' not in sys.modules\n" + RIGHT)
    assert first.passed, first.first_failure


def test_a_drill_may_be_called_like_a_module_of_python(make_drill, grade):
    drill = make_drill(
        """
        @probe(en="One", zh="一")
        def one(impl, t: Tools):
            return impl.scale(t.randn(2))
        """,
        RIGHT,
        name="tokenize",
    )
    verdict = grade(drill, "import tokenize\nassert tokenize.generate_tokens\n" + RIGHT)
    assert verdict.passed, verdict.first_failure


def test_text_helpers_do_not_hide_lines(scale, fails):
    source = textwrap.dedent(
        """
        import traceback
        def scale(x):
            try:
                1 / 0
            except ZeroDivisionError:
                traceback.print_exc()
                raise
        """
    )
    assert fails(scale, source).detail["line"] == 5
