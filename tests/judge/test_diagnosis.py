"""A mistake is named when the outputs prove it; otherwise nothing is said."""

from __future__ import annotations

import pytest

PROBES = """
@probe(en="Numbers", zh="数")
def values(impl, t: Tools):
    return impl.f(t.randn(2, 3), t.randn(3))

@probe(en="Negative numbers", zh="负数")
def negative(impl, t: Tools):
    return impl.f(-t.rand(2, 3, low=1, high=2), t.randn(3))

@probe(en="An empty batch", zh="空 batch", no_grad=True)
def empty(impl, t: Tools):
    return impl.f(t.randn(0, 3), t.randn(3))
"""
REFERENCE = """
def f(x, bias):
    doubled = x * 2
    shifted = doubled + bias
    return shifted.relu()
"""
MISTAKES = {
    "tripled": {"x * 2": "x * 3"},
    "no-bias": {" + bias": ""},
    "no-relu": {".relu()": ""},
    "abs": {".relu()": ".abs()"},
    "raises": {"shifted.relu()": "shifted.nothing()"},
    "minus-minus": {"doubled + bias": "bias + doubled - 0.5"},
    "same-as-minus-minus": {"doubled + bias": "doubled - 0.5 + bias"},
}


@pytest.fixture
def drill(make_drill):
    return make_drill(PROBES, REFERENCE, MISTAKES)


def answer(old: str, new: str) -> str:
    assert old in REFERENCE
    return REFERENCE.replace(old, new)


@pytest.mark.parametrize("name", ["tripled", "no-bias", "no-relu", "abs", "raises"])
def test_a_known_mistake_written_by_someone_else_is_named_with_certainty(name, drill, grade):
    lines = {
        "tripled": "return (x + x + x + bias).clamp(min=0)",
        "no-bias": "return (x + x).clamp(min=0)",
        "no-relu": "return x + x + bias",
        "abs": "y = x + x + bias; return y.where(y > 0, -y)",
        "raises": "return bias.nothing()",
    }
    diagnosis = grade(drill, f"def f(x, bias):\n    {lines[name]}\n").diagnosis
    assert diagnosis is not None
    assert (diagnosis.mistakes, diagnosis.certain, diagnosis.together) == ((name,), True, False)


def test_two_mistakes_in_one_file_are_named_together(drill, grade):
    diagnosis = grade(drill, "def f(x, bias):\n    return x * 3 + bias\n").diagnosis
    assert diagnosis is not None
    assert (set(diagnosis.mistakes), diagnosis.together, diagnosis.certain) == (
        {"tripled", "no-relu"},
        True,
        True,
    )


def test_mistakes_that_nothing_tells_apart_are_one_of(drill, grade):
    diagnosis = grade(drill, answer("+ bias", "- 0.25 + bias - 0.25")).diagnosis
    assert diagnosis is not None
    assert diagnosis.mistakes == ("minus-minus", "same-as-minus-minus")
    assert diagnosis.certain
    assert not diagnosis.together


def test_nothing_is_said_when_nothing_is_proved(drill, grade):
    verdict = grade(drill, answer("x * 2", "x.exp()"), seed=1)
    assert not verdict.passed
    assert verdict.diagnosis is None
    assert verdict.observations == ()


def test_a_mistake_made_in_part_is_what_it_looks_like(drill, grade):
    source = """
    def f(x, bias):
        return (x * 3 + bias).relu() if (x > 0).any() else (x * 2 + bias).exp()
    """
    diagnosis = grade(drill, source).diagnosis
    assert diagnosis is not None
    assert (diagnosis.mistakes, diagnosis.explained, diagnosis.failing) == (("tripled",), 5, 10)
    assert not diagnosis.certain


def test_a_mistake_that_passing_runs_contradict_is_not_certain(make_drill, grade):
    drill = make_drill(
        """
        @probe(en="Small", zh="小", no_grad=True, dtypes=False)
        def small(impl, t: Tools):
            return impl.f(t.randn(2, 3))

        @probe(en="Large", zh="大", no_grad=True, dtypes=False)
        def large(impl, t: Tools):
            return impl.f(t.randn(20, 3))
        """,
        "def f(x):\n    return x * 2\n",
        {"tripled": {"* 2": "* 3"}},
    )
    diagnosis = grade(drill, "def f(x):\n    return x * (3 if len(x) > 9 else 2)\n").diagnosis
    assert diagnosis is not None
    assert diagnosis.mistakes == ("tripled",)
    assert not diagnosis.certain
    assert (diagnosis.explained, diagnosis.failing) == (2, 4)


def test_a_changed_input_can_be_the_mistake(make_drill, grade):
    drill = make_drill(PROBES, REFERENCE, {"in-place": {"x * 2": "x.mul_(2)"}, "tripled": {"x * 2": "x * 3"}})
    verdict = grade(drill, "def f(x, bias):\n    x *= 2\n    return (x + bias).relu()\n")
    assert verdict.first_failure is not None
    assert (verdict.first_failure.problem, verdict.first_failure.variation) == ("mutated-input", "untouched")
    assert verdict.diagnosis is not None
    assert verdict.diagnosis.mistakes == ("in-place",)


def test_what_is_not_written_yet_is_not_diagnosed(drill, grade):
    verdict = grade(drill, "def f(x, bias):\n    raise NotImplementedError\n")
    assert verdict.first_failure is not None
    assert verdict.first_failure.problem == "missing"
    assert verdict.diagnosis is None


def test_a_mistake_that_never_ends_costs_the_diagnosis_not_the_verdict(make_drill, hasty, grade):
    drill = make_drill(PROBES, REFERENCE, {"for-ever": {"doubled = x * 2": "while True: doubled = x"}})
    verdict = grade(drill, answer("x * 2", "x.exp()"), by=hasty)
    assert not verdict.passed
    assert verdict.first_failure is not None
    assert verdict.first_failure.problem == "values"
    assert verdict.diagnosis is None


@pytest.mark.parametrize(
    ("name", "variation"),
    [
        ("no-scaling", "base"),
        ("mask-inverted", "base"),
        ("all-axes-transposed", "base"),
        ("input-scaled-in-place", "untouched"),
        ("result-in-float32", "float64"),
        ("empty-row-nan-gradient", "gradient"),
    ],
)
def test_mistakes_of_attention_are_named_wherever_they_show(name, variation, attention, right, grade):
    source = right
    for old, new in next(mistake.swap for mistake in attention.mistakes if mistake.id == name).items():
        source = source.replace(old, new)
    verdict = grade(attention, source)
    assert not verdict.passed
    assert verdict.first_failure is not None
    assert verdict.first_failure.variation == variation
    assert verdict.diagnosis is not None
    assert verdict.diagnosis.mistakes == (name,)
