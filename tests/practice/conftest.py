"""A small library and a real store: questions of every kind, two drills, two talks, and a clock to move."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from llmprep.content.catalogue import Catalogue
from llmprep.memory.settings import Settings
from llmprep.memory.store import Store, open_store


def _open(name: str, level: int = 1, then: str = "", revision: int = 1) -> str:
    return f"""\
  - id: {name}
    ask: {{en: "What is {name}?", zh: "{name} 是什么？"}}
    level: {level}
    points:
      - {{en: it is {name}, zh: 就是 {name}, any: ["{name}-said"]}}
      - {{en: nothing else, zh: 没有别的, any: [nothing else, 没有别的]}}
    answer: {{en: It is {name} and nothing else., zh: 就是 {name}。}}
    then: [{then}]
    revision: {revision}
    source: vaswani §3
"""


ALPHA = (
    "title: {en: Alpha, zh: 甲}\nquestions:\n"
    + _open("a-one", then="b-follow, a-deep")
    + _open("a-two")
    + _open("a-deep", level=3, then="a-deeper")
    + _open("a-deeper", level=3)
    + """\
  - id: a-choice
    ask: {en: Which?, zh: 哪个？}
    level: 2
    choices:
      - {en: right, zh: 对, right: true}
      - {en: wrong 1, zh: 错一, why: {en: no, zh: 不}}
      - {en: wrong 2, zh: 错二, why: {en: no, zh: 不}}
      - {en: wrong 3, zh: 错三, why: {en: no, zh: 不}}
    source: vaswani §3
  - id: a-computed
    ask:
      en: KV cache of {model} at {tokens} tokens, in GiB?
      zh: "{model} 在 {tokens} 个 token 时的 KV cache 是多少 GiB？"
    level: 2
    vary: {model: [tiny], tokens: [4096, 8192, 16384]}
    compute: kv_cache_bytes(model, tokens, 1, 2) / GiB
    tolerance: 3%
    answer: {en: Two times layers times heads., zh: 二乘层数乘头数。}
    source: vaswani §3
"""
)
BETA = "title: {en: Beta, zh: 乙}\nquestions:\n" + _open("b-follow", level=2) + _open("b-one")
MODELS = """\
- id: tiny
  name: Tiny-1
  family: tiny
  source: vaswani §3
  layers: 16
  width: 2048
  heads: 16
  kv_heads: 16
  head_width: 128
  ffn_width: 8192
  ffn_matrices: 2
  vocabulary: 32000
  context: 4096
  tied: false
  attention_bias: none
  ffn_bias: false
  norm: rmsnorm
  position: rope
  kind: decoder
  activation: gelu
  parameters: 1.0e9
"""


def _paper(name: str, order: int, must_know: bool) -> str:
    names = ("background", "core", "details", "impact", "followups")
    seconds = (30, 60, 120, 30, 60)
    beats = "".join(
        f"""\
  - name: {beat}
    seconds: {length}
    say: {{en: Words., zh: 话。}}
    points: [{{en: {beat} one, zh: 一}}, {{en: {beat} two, zh: 二}}]
"""
        for beat, length in zip(names, seconds, strict=True)
    )
    return f"""\
title: {name}
name: {{en: {name}, zh: {name}}}
authors: Wang
year: 2017
venue: NeurIPS
link: https://arxiv.org/abs/1706.03762
order: {order}
must_know: {str(must_know).lower()}
one_line: {{en: A line., zh: 一句话。}}
contributions: [{{en: a, zh: 一}}, {{en: b, zh: 二}}, {{en: c, zh: 三}}]
beats:
{beats}formulas: []
numbers: []
deep: {{title: {{en: t, zh: 题}}, say: {{en: s, zh: 说}}, source: vaswani §3}}
asked: [{{ask: {{en: q, zh: 问}}, answer: {{en: a, zh: 答}}, source: vaswani §3}}]
limits: [{{en: l, zh: 限}}]
misconceptions: [{{claim: {{en: c, zh: 错}}, truth: {{en: t, zh: 对}}, source: vaswani §3}}]
"""


def _drill(root: Path, name: str, order: int) -> None:
    function = name.replace("-", "_")
    folder, solution = root / "drills" / name, root / "solutions" / name
    folder.mkdir(parents=True)
    solution.mkdir(parents=True)
    hints = ", ".join(["{en: hint, zh: 提示}"] * 4)
    (folder / "drill.yaml").write_text(
        f"title: {{en: {name}, zh: {name}}}\ntopic: alpha\nlevel: 1\nminutes: 5\norder: {order}\n"
        f"names: [{function}]\nprompt: {{en: Write it., zh: 写出它。}}\nhints: [{hints}]\n"
        "then: [a-one]\nsource: vaswani §3\n",
        encoding="utf-8",
    )
    (folder / "stub.py").write_text(f"def {function}(x):\n    raise NotImplementedError\n", encoding="utf-8")
    probes = f"""\
        from llmprep.judge.probes import Tools, probe


        @probe(en="Random x", zh="随机的 x")
        def values(impl, t: Tools):
            return impl.{function}(t.randn(2, 3))
    """
    (folder / "probes.py").write_text(textwrap.dedent(probes), encoding="utf-8")
    (solution / "reference.py").write_text(f"def {function}(x):\n    return 2 * x + 1\n", encoding="utf-8")
    (solution / "mistakes.yaml").write_text(
        '- id: no-one\n  swap: {" + 1": ""}\n  en: The one is missing.\n  zh: 少加了一。\n', encoding="utf-8"
    )


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The folder of the small library."""
    root = tmp_path / "content"
    for name in ("questions", "papers", "models"):
        (root / name).mkdir(parents=True)
    (root / "questions" / "alpha.yaml").write_text(ALPHA, encoding="utf-8")
    (root / "questions" / "beta.yaml").write_text(BETA, encoding="utf-8")
    (root / "models" / "tiny.yaml").write_text(MODELS, encoding="utf-8")
    (root / "papers" / "second.yaml").write_text(_paper("second", 2, False), encoding="utf-8")
    (root / "papers" / "first.yaml").write_text(_paper("first", 1, True), encoding="utf-8")
    for order, name in enumerate(("double", "treble", "four-fold"), 1):
        _drill(root, name, order)
    return root


@pytest.fixture(autouse=True)
def learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A learner of one's own, in China."""
    monkeypatch.setenv("LLMPREP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LLMPREP_NOW", "2026-11-22T20:00")
    monkeypatch.setenv("TZ", "CST-8")
    time.tzset()
    yield tmp_path / "home"
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Moves the clock."""
    return lambda moment: monkeypatch.setenv("LLMPREP_NOW", moment)


@pytest.fixture
def catalogue(content: Path) -> Iterator[Catalogue]:
    """The small library, compiled without a fault."""
    opened = Catalogue.open(content)
    assert opened.problems() == []
    yield opened
    opened.close()


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store on the evening of 22 November 2026."""
    with open_store(Settings()) as opened:
        yield opened
