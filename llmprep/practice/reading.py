"""Reading a paper in three passes (read-a-paper §2): notes with a checklist, and a plan of what to read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Language, NumberTable, Paper, Text
from llmprep.memory.home import learner_home, notes_folder

_BOX = re.compile(r"^\s*- \[(?P<mark>[ xX])\] ", re.MULTILINE)


@dataclass(frozen=True)
class Pass:
    """One of the three passes: how long, what to do, and what one can say afterwards."""

    title: Text
    minutes: int
    steps: tuple[Text, ...]
    goal: Text


PASSES = (
    Pass(
        Text("First pass: is it worth more?", "第一遍：值不值得细读"), 10,
        (
            Text("Title, abstract, introduction", "标题、摘要、引言"),
            Text("Section headings, conclusion, every figure", "各节标题、结论、所有图表"),
            Text("References: which of them do you know?", "参考文献：哪些是读过的"),
        ),
        Text("Say in one sentence what it does and for whom.", "能用一句话说清它做了什么、对谁有用。"),
    ),
    Pass(
        Text("Second pass: what does it say?", "第二遍：它讲了什么"), 60,
        (
            Text("Read all of it, without the proofs", "通读全文，证明先跳过"),
            Text("Every figure: what are the axes, what is compared?", "每张图表：坐标轴是什么、跟谁比"),
            Text("Write down the main points and what you do not understand", "记下要点和没看懂的地方"),
        ),
        Text("Tell it to somebody in five minutes, with its numbers.", "能在五分钟内讲给别人听，数字不错。"),
    ),
    Pass(
        Text("Third pass: could you have written it?", "第三遍：换你能不能写出来"), 210,
        (
            Text("Line by line; derive every formula yourself", "逐行读，公式自己推一遍"),
            Text("Write the core of it in code", "动手写出核心代码"),
            Text("Find what it assumes, and what it does not compare", "找没有明说的假设、没有做的对比"),
        ),
        Text("Rebuild it from memory, and name its weak points.", "能凭记忆重建，并指出它的弱点。"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Note:
    """A learner's note file: where it lies, whether it was just made, and its checklist so far."""

    path: Path
    is_new: bool
    ticked: tuple[bool, ...]


def note_path(name: str) -> Path:
    """Where the notes on a paper lie, whether they exist or not."""
    return learner_home() / "notes" / f"{name}.md"


def open_note(name: str, paper: Paper, language: Language) -> Note:
    """The note file of a paper, made from the template when there is none; never overwritten.

    Raises:
        MemoryProblem: the folder cannot be written.
        OSError: the file cannot.
    """
    path = notes_folder() / f"{name}.md"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template(name, paper, language))
    except FileExistsError:
        return Note(path, False, ticks(path))
    return Note(path, True, ticks(path))


def ticks(path: Path) -> tuple[bool, ...]:
    """Which steps of the three passes are ticked (`- [x]`) in a note file, in order."""
    steps = sum(len(one.steps) for one in PASSES)
    try:
        found = _BOX.finditer(path.read_text("utf-8", errors="replace"))
    except OSError:
        return (False,) * steps
    marks = [match["mark"] != " " for match in found][:steps]
    return tuple(marks + [False] * (steps - len(marks)))


# ---------------------------------------------------------------- the template


def template(name: str, paper: Paper, language: Language) -> str:
    """A note file: the checklist, then the headings of the roadmap, filled with what is known for certain."""
    t = _Writer(language)
    t.line(f"# {paper.title}", "")
    t.head("Basics", "基本信息")
    t.fact("Authors", "作者", paper.authors)
    t.fact("Published", "发表", f"{paper.venue} ({paper.year})")
    t.fact("Link", "链接", paper.link)
    t.fact("In one sentence", "一句话", paper.one_line[language])
    t.head("Three passes", "三遍阅读")
    for one in PASSES:
        t.line("", f"### {one.title[language]} ({one.minutes} min)", "")
        t.line(*(f"- [ ] {step[language]}" for step in one.steps))
        t.line("", f"> {one.goal[language]}")
    t.head("The problem", "核心问题")
    t.empty(
        ("What is to be solved?", "要解决什么问题？"),
        ("Why does it matter?", "为什么重要？"),
        ("Where did earlier methods fall short?", "之前的方法差在哪里？"),
    )
    t.head("Contributions", "核心贡献")
    t.line(*(f"{number}. {text[language]}" for number, text in enumerate(paper.contributions, 1)))
    t.head("Method", "方法")
    t.empty(("The idea", "关键思想"), ("Details", "技术细节"), ("Step by step", "算法流程"))
    for formula in paper.formulas:
        t.line("", f"{formula.name[language]} ({formula.source}):", "", "$$", formula.tex.strip(), "$$")
    t.head("Experiments", "实验")
    t.empty(("Data", "数据集"), ("Baselines", "基线方法"), ("Ablations", "消融实验"))
    for table in paper.numbers:
        t.line("", *_table(table, language))
    t.head("Strengths", "优点")
    t.line("- ")
    t.head("Limits", "缺点与局限")
    t.line(*(f"- {text[language]}" for text in paper.limits), "- ")
    t.head("Ideas", "启发")
    t.empty(("For my work", "对我的工作有什么启发"), ("What could be better", "可以改进的地方"))
    t.head("Related", "相关")
    t.line(*(f"- llmprep drill {drill}" for drill in paper.drills), f"- llmprep explain {name}", "- ")
    return t.text()


class _Writer:
    def __init__(self, language: Language):
        self._language = language
        self._lines: list[str] = []

    def line(self, *lines: str) -> None:
        self._lines += lines

    def head(self, en: str, zh: str) -> None:
        self.line("", f"## {Text(en, zh)[self._language]}", "")

    def fact(self, en: str, zh: str, value: str) -> None:
        self.line(f"- {Text(en, zh)[self._language]}{self._colon}{value}")

    def empty(self, *questions: tuple[str, str]) -> None:
        asked = [Text(en, zh)[self._language] for en, zh in questions]
        self.line(*(f"- {text} " if text[-1] in "?？" else f"- {text}{self._colon}" for text in asked))

    @property
    def _colon(self) -> str:
        return "：" if self._language == "zh" else ": "

    def text(self) -> str:
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)) + "\n"


def _table(table: NumberTable, language: Language) -> list[str]:
    head = " | ".join(column[language] for column in table.columns)
    rows = [" | ".join(cell.replace("|", "\\|") for cell in row) for row in table.rows]
    rule = " | ".join("---" for _ in table.columns)
    return [f"{table.caption[language]} ({table.source})", "", *(f"| {row} |" for row in (head, rule, *rows))]


# ---------------------------------------------------------------- the plan


@dataclass(frozen=True)
class Reading:
    """One line of the plan: a paper, and the day by which it is read."""

    day: date
    paper: str


def plan(catalogue: Catalogue, today: date, until: date, per_week: float = 2.0) -> list[Reading]:
    """Papers without a finished note, must-know ones first, spread evenly from today to the interview.

    The last three days are left free for repeating; no more papers are planned than `per_week` allows.
    """
    unread = [name for name in catalogue.ordered_ids("paper") if not _is_read(name)]
    unread.sort(key=lambda name: not catalogue.paper(name).must_know)
    days = max((until - today).days - 3, 1)
    count = min(len(unread), max(int(days * per_week / 7 + 0.5), 1))
    return [
        Reading(today + timedelta(days=round(days * (number + 1) / count)), name)
        for number, name in enumerate(unread[:count])
    ]


def _is_read(name: str) -> bool:
    """Whether the first two passes are ticked in the notes on a paper."""
    needed = sum(len(one.steps) for one in PASSES[:2])
    return all(ticks(note_path(name))[:needed])
