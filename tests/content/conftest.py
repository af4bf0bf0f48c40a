"""A small library of one's own, complete and without a fault; each test breaks what it is about."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmprep.content.library import load_library
from llmprep.content.problems import Problem
from llmprep.content.rules import check_library

REFERENCES = """\
- {id: vaswani, title: Attention Is All You Need, year: 2017, link: "arXiv:1706.03762"}
"""

BANK = """\
title: {en: Attention, zh: 注意力}
questions:
  - id: sqrt-dk
    ask: {en: Why divide by √d_k?, zh: 为什么除以 √d_k？}
    level: 1
    points:
      - en: q·k has variance d_k
        zh: q·k 的方差是 d_k
        any: [variance, 方差]
      - en: softmax would saturate
        zh: 否则 softmax 会饱和
        any: [saturate, 饱和]
    answer:
      en: The variance of q·k is d_k, and without the scale softmax would saturate.
      zh: q·k 的方差是 d_k，不缩放 softmax 就会饱和。
    then: [which-axis]
    drills: [double]
    source: vaswani §3.2.1
  - id: which-axis
    ask: {en: Over which axis does softmax run?, zh: softmax 沿哪一维做？}
    level: 2
    choices:
      - {en: keys, zh: key, right: true}
      - {en: queries, zh: query, why: {en: Each query has weights of its own., zh: 每个 query 各有权重。}}
      - {en: heads, zh: head, why: {en: Heads do not mix., zh: 各 head 互不影响。}}
    source: vaswani §3.2.1
  - id: score-bytes
    ask:
      en: How many MiB are the scores of {heads} heads at {tokens} tokens, 4 bytes each?
      zh: "{heads} 个 head、{tokens} 个 token、每个 4 字节，分数占多少 MiB？"
    level: 3
    vary: {heads: [8, 16], tokens: [1024, 4096]}
    compute: heads * tokens ** 2 * 4 / MiB
    tolerance: 1%
    answer: {en: Heads times tokens squared times four., zh: 头数乘 token 数的平方再乘四。}
    source: vaswani §3.2.2
"""

PAPER = """\
title: Attention Is All You Need
name: {en: Transformer, zh: Transformer}
authors: Vaswani et al.
year: 2017
venue: NeurIPS 2017
link: arXiv:1706.03762
order: 1
aliases: [aiayn]
one_line: {en: Attention alone suffices., zh: 只要注意力就够。}
contributions:
  - {en: First., zh: 第一。}
  - {en: Second., zh: 第二。}
  - {en: Third., zh: 第三。}
beats:
  - name: background
    seconds: 30
    say: {en: Recurrence is slow., zh: 循环太慢。}
    points: [{en: slow, zh: 慢}]
  - name: core
    seconds: 60
    say: {en: Attend to everything., zh: 全都看。}
    points: [{en: attend, zh: 看}]
  - name: details
    seconds: 120
    say: {en: Scale the scores., zh: 缩放分数。}
    points: [{en: scale, zh: 缩放}]
  - name: impact
    seconds: 30
    say: {en: Everyone uses it., zh: 人人都用。}
    points: [{en: used, zh: 用}]
  - name: followups
    seconds: 60
    say: {en: It is quadratic., zh: 复杂度是平方。}
    points: [{en: quadratic, zh: 平方}]
formulas:
  - name: {en: Attention, zh: 注意力}
    tex: |
      \\mathrm{softmax}(QK^\\top/\\sqrt{d_k})V
    symbols:
      - {tex: Q, en: queries, zh: 查询}
    source: vaswani §3.2.1
pictures:
  - name: {en: One block, zh: 一层}
    draw: {down: [{text: x}, {box: {en: attention, zh: 注意力}, skip: ⊕}]}
    source: vaswani Figure 1
numbers:
  - caption: {en: Sizes, zh: 规模}
    columns: [{en: model, zh: 模型}, {en: width, zh: 宽度}]
    rows:
      - [base, "512"]
    source: vaswani Table 3
deep:
  title: {en: Variance, zh: 方差}
  say: {en: It grows with d_k., zh: 方差随 d_k 增长。}
  source: vaswani §3.2.1
asked:
  - {ask: {en: Why scale?, zh: 为什么缩放？}, answer: {en: Variance., zh: 方差。}, source: vaswani §3.2.1}
  - {ask: {en: Why heads?, zh: 为什么多头？}, answer: {en: Subspaces., zh: 子空间。}, source: vaswani §3.2.2}
limits:
  - {en: Quadratic., zh: 平方复杂度。}
misconceptions:
  - claim: {en: It invented attention., zh: 它发明了注意力。}
    truth: {en: It did not., zh: 并没有。}
    source: vaswani §2
drills: [double]
questions: [sqrt-dk]
"""

MODELS = """\
- id: base
  name: Transformer base
  family: transformer
  source: vaswani Table 3
  layers: 6
  width: 512
  heads: 8
  kv_heads: 8
  head_width: 64
  ffn_width: 2048
  ffn_matrices: 2
  vocabulary: 37000
  context: null
  tied: true
  attention_bias: none
  ffn_bias: true
  norm: layernorm
  position: sinusoidal
  kind: encoder-decoder
  activation: relu
  parameters: 6.5e7
"""

DRILL = """\
title: {en: Doubling, zh: 加倍}
topic: basics
level: 1
minutes: 5
order: 1
names: [double]
aliases: [twice]
prompt:
  en: Write `double(x)`, which returns 2·x.
  zh: 写出 `double(x)`，返回 2·x。
hints:
  - {en: Add it to itself., zh: 自己加自己。}
  - {en: 2·x, zh: 乘二}
  - {en: (…) → (…), zh: 形状不变}
  - {en: return x + x, zh: 返回和}
forbid: [torch.ldexp]
then: [sqrt-dk]
papers: [transformer]
source: vaswani §1
"""

STUB = '''\
from torch import Tensor


def double(x: Tensor) -> Tensor:
    """x (...) -> (...)."""
    raise NotImplementedError
'''

PROBES = '''\
"""Hidden tests of `double`."""

from llmprep.judge.probes import Tools, probe


@probe(en="Random input", zh="随机输入")
def values(impl, t: Tools):
    return impl.double(t.randn(3, 5))
'''

REFERENCE = '''\
"""Doubling."""

from torch import Tensor


def double(x: Tensor) -> Tensor:
    """x (...) -> (...)."""
    return 2 * x
'''

MISTAKES = "".join(
    f"- id: times-{number}\n"
    f'  swap: {{"2 * x": "{number} * x"}}\n'
    f"  en: x is multiplied by {number}.\n"
    f"  zh: 乘成了 {number}。\n"
    for number in (0, 1, 3, 4, 5, 6)
)

NOTES = """\
remarks:
  - {en: Nothing to see., zh: 没什么可看。}
cost: {en: One multiplication each., zh: 每个元素一次乘法。}
compared: torch.add
source: vaswani §1
"""

ORACLE = """\
import torch


def test_equals_addition(reference):
    x = torch.ones(3)
    torch.testing.assert_close(reference("double").double(x), x + x)
"""

FILES = {
    "papers/references.yaml": REFERENCES,
    "papers/transformer.yaml": PAPER,
    "questions/attention.yaml": BANK,
    "models/transformer.yaml": MODELS,
    "drills/double/drill.yaml": DRILL,
    "drills/double/stub.py": STUB,
    "drills/double/probes.py": PROBES,
    "solutions/double/reference.py": REFERENCE,
    "solutions/double/mistakes.yaml": MISTAKES,
    "solutions/double/notes.yaml": NOTES,
    "solutions/double/valid/added.py": REFERENCE.replace("2 * x", "x + x"),
    "solutions/double/valid/halved.py": REFERENCE.replace("2 * x", "x / 0.5"),
    "tests/oracles/test_double.py": ORACLE,
}


class Content:
    """Content files in a folder of the test's own."""

    def __init__(self, root: Path):
        self.root = root

    def write(self, path: str, text: str) -> Path:
        """Write a file, with the folders it needs."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    def change(self, path: str, old: str, new: str) -> Path:
        """Replace the one place where `old` stands in a file."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        return self.write(path, text.replace(old, new))

    def line(self, path: str, words: str) -> int:
        """The number of the first line that contains `words`."""
        lines = (self.root / path).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, start=1) if words in line)

    def problems(self) -> list[Problem]:
        """What the rules say."""
        return check_library(load_library(self.root))

    def said(self) -> list[str]:
        """What the rules say, as `file:line: what; mend.` with paths below the root."""
        return [str(problem).removeprefix(f"{self.root}/") for problem in self.problems()]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the real content nor anyone's cache or progress is touched."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LLMPREP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LLMPREP_LANG", "en")
    monkeypatch.delenv("LLMPREP_CONTENT", raising=False)


@pytest.fixture
def permissions_count(tmp_path: Path) -> None:
    """Skips a test where permissions do not bind, as for root."""
    locked = tmp_path / "locked"
    locked.touch(mode=0)
    if os.access(locked, os.R_OK):
        pytest.skip("this user may read and write everything")


@pytest.fixture
def empty(tmp_path: Path) -> Content:
    """Content without a file."""
    return Content(tmp_path / "content")


@pytest.fixture
def content(empty: Content) -> Content:
    """A complete library without a fault."""
    for path, text in FILES.items():
        empty.write(path, text)
    return empty
