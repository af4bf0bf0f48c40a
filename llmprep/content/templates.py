"""What `llmprep content new` writes: each file with a TODO wherever its author has something to say.

`$name` is filled in. A text that still begins with TODO is reported by `llmprep content check` with its line.
"""

from __future__ import annotations

QUESTION = """\
- id: $id
  ask:
    en: TODO the question as an interviewer says it
    zh: TODO 面试官的原话
  level: 2  # 1 warm-up, 2 core, 3 deep
  # This is an open question. With choices: instead of points: it is a choice question; with vary: and
  # compute: its numbers are new every time. CONTRIBUTING.md shows all three.
  points:
    - en: TODO one thing that a full answer contains
      zh: TODO 完整回答里的一个要点
      any: [TODO phrases that show it was said, in English and in Chinese]
    - en: TODO another
      zh: TODO 另一个要点
      any: [TODO]
  answer:
    en: TODO the answer as one would say it, 30 to 60 seconds
    zh: TODO 面试时怎么说，30 到 60 秒
  trap:
    en: TODO the wrong answer that interviewers wait for
    zh: TODO 面试官等着你踩的坑
  then: []  # ids of follow-ups, asked next
  drills: []  # drills in which it is written by hand
  source: TODO paper-id §section
"""

BANK = """\
# A topic: questions in the order in which they are best learned.
title: {en: TODO the topic, zh: TODO 主题}
questions:
"""

PAPER = """\
# A talk of five minutes: at most 750 English words and 1,300 Chinese characters, all of it said aloud.
title: TODO full title
name: {en: TODO short name, zh: TODO 简称}
authors: TODO surnames, at most four
year: 0  # when it first appeared
venue: TODO
link: TODO arXiv:1706.03762
order: $order
must_know: false
aliases: []
one_line:
  en: TODO what it did, in one sentence
  zh: TODO 一句话说清它做了什么
contributions:
  - {en: TODO first, zh: TODO 第一}
  - {en: TODO second, zh: TODO 第二}
  - {en: TODO third, zh: TODO 第三}

beats:
  - name: background
    seconds: 30
    say:
      en: TODO who, when, and what was missing before
      zh: TODO 谁、何时、之前缺什么
    points:
      - {en: TODO what is ticked off after rehearsing, zh: TODO 试讲后要勾选的要点}
  - name: core
    seconds: 60
    say:
      en: TODO the idea
      zh: TODO 核心思想
    points:
      - {en: TODO, zh: TODO}
  - name: details
    seconds: 120
    say:
      en: TODO how it works, with numbers
      zh: TODO 具体做法和数字
    points:
      - {en: TODO, zh: TODO}
  - name: impact
    seconds: 30
    say:
      en: TODO results, and what came of it
      zh: TODO 效果和影响
    points:
      - {en: TODO, zh: TODO}
  - name: followups
    seconds: 60
    say:
      en: TODO the usual follow-ups, answered
      zh: TODO 常见追问和回答
    points:
      - {en: TODO, zh: TODO}

formulas:
  - name: {en: TODO, zh: TODO}
    tex: |
      TODO
    symbols: # every symbol of the formula, with its shape where it has one
      - {tex: TODO, en: TODO, zh: TODO}
    source: TODO

pictures: # boxes and wires without coordinates; llmprep/content/pictures.py has the keys
  - name: {en: TODO, zh: TODO}
    draw:
      down:
        - text: {en: TODO, zh: TODO}
        - box: {en: TODO, zh: TODO}
    source: TODO

numbers:
  - caption: {en: TODO, zh: TODO}
    columns:
      - {en: TODO, zh: TODO}
      - {en: TODO, zh: TODO}
    rows:
      - [TODO, TODO]
    source: TODO

deep:
  title: {en: TODO the detail that shows you read the paper, zh: TODO 证明你读过论文的细节}
  say: {en: TODO, zh: TODO}
  source: TODO

asked: # the two questions that interviewers ask most
  - ask: {en: TODO, zh: TODO}
    answer: {en: TODO, zh: TODO}
    source: TODO
  - ask: {en: TODO, zh: TODO}
    answer: {en: TODO, zh: TODO}
    source: TODO

limits:
  - {en: TODO, zh: TODO}

misconceptions: # a claim that circulates, and what is true instead
  - claim: {en: TODO, zh: TODO}
    truth: {en: TODO, zh: TODO}
    source: TODO

drills: []
questions: []
"""

DRILL = """\
# What the learner reads. stub.py is what they start from, probes.py holds the hidden tests.
title: {en: TODO, zh: TODO}
topic: TODO
level: 2  # 1 warm-up, 2 core, 3 deep
minutes: 15
order: $order
names: [$function]
aliases: []
prompt:
  en: |-
    TODO Write `$function(x)`.

    - Shapes of every input and of the result.
    - Whatever could be done in two ways: what a mask means, which dtype comes out, what an empty row gives.
  zh: |-
    TODO 写出 `$function(x)`。

    - 每个输入和输出的形状。
    - 一切有两种做法的地方：mask 的含义、输出的 dtype、空行的结果。
hints: # a ladder: idea, formula, shape plan, almost code
  - {en: TODO idea, zh: TODO 思路}
  - {en: TODO formula, zh: TODO 公式}
  - {en: TODO shape plan, zh: TODO 形状}
  - {en: TODO almost code, zh: TODO 接近代码}
forbid: []  # calls that would hand over the answer: torch.nn.functional.softmax
then: []  # ids of the questions an interviewer asks next
papers: []
needs: []  # drills best done before
source: TODO paper-id §section
"""

STUB = '''\
from torch import Tensor


def $function(x: Tensor) -> Tensor:
    """TODO x (..., d) -> (..., d)."""
    raise NotImplementedError
'''

PROBES = '''\
"""Hidden tests of `$function`: every size differs, so that no two formulas coincide by accident."""

from llmprep.judge.probes import Tools, probe


@probe(en="TODO Random input", zh="TODO 随机输入")
def values(impl, t: Tools):
    return impl.$function(t.randn(2, 5, 8))
'''

REFERENCE = '''\
"""TODO what it is (authors, year, §section)."""

from torch import Tensor


def $function(x: Tensor) -> Tensor:
    """TODO x (..., d) -> (..., d)."""
    raise NotImplementedError
'''

MISTAKES = """\
# Wrong solutions that candidates really write, each the smallest edit of reference.py; at least six.
- id: first-mistake
  swap: {"TODO text that stands once in reference.py": "what the candidate wrote instead"}
  en: TODO what is wrong, and what is right
  zh: TODO 错在哪里，应当怎样
  # concept: id-of-the-question-to-re-read
"""

NOTES = """\
# Read beside the reference after a pass.
remarks: # what to notice, most important first
  - {en: TODO, zh: TODO}
cost: {en: TODO time and memory, zh: TODO 时间与显存}
compared: TODO the implementation that tests/oracles compares with
source: TODO
"""

ORACLE = '''\
"""`$function` against an implementation that is not ours."""

from __future__ import annotations

import torch


def test_equals_an_independent_implementation(reference):
    x = torch.randn(3, 5, 8, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    expected = x  # TODO the same by torch, transformers, peft, …
    torch.testing.assert_close(reference("$id").$function(x), expected)
'''
