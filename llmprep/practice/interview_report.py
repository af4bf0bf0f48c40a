"""What an interview ends in: scores, timeline, transcript, three things to mend; as text and as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from llmprep.content.items import Language, Text
from llmprep.practice.interview import Interview, Reply, best_of_each
from llmprep.practice.interview_parts import Options

THINGS_TO_MEND = 3

_WORDS: dict[str, Text] = {
    "title": Text("Mock interview", "模拟面试"),
    "score": Text("Score", "得分"),
    "topics": Text("By topic", "按主题"),
    "mend": Text("Three things to mend", "最该补的三处"),
    "time": Text("Timeline", "时间线"),
    "transcript": Text("Transcript", "逐题记录"),
    "skipped": Text("skipped", "跳过"),
    "spoken": Text("(said aloud)", "（口头回答）"),
    "said": Text("said", "答到"),
    "missed": Text("missed", "漏了"),
    "answer": Text("A full answer", "参考回答"),
    "passed": Text("passed", "通过"),
    "failed": Text("not passed", "未通过"),
    "minutes": Text("min", "分钟"),
    "seed": Text("seed", "随机种子"),
}


@dataclass(frozen=True)
class Scored:
    """One topic or kind of task with the share of what full answers contain."""

    title: Text
    score: float
    replies: int


@dataclass(frozen=True)
class Mend:
    """Something to learn again: the item, and the command that brings it back."""

    title: Text
    command: str
    score: float
    missed: tuple[Text, ...]


@dataclass(frozen=True)
class Report:
    """All of a finished interview."""

    day: date
    options: Options
    replies: tuple[Reply, ...]
    total: float
    topics: tuple[Scored, ...]
    mend: tuple[Mend, ...]
    points: dict[str, tuple[Text, ...]]
    """Of every reply's item, its points."""
    answers: dict[str, Text]
    """Of every question, its full answer."""


def make_report(interview: Interview) -> Report:
    """Scores and what to mend, from the replies alone."""
    catalogue = interview.catalogue
    whole = best_of_each(interview.replies)
    points: dict[str, tuple[Text, ...]] = {}
    answers: dict[str, Text] = {}
    for reply in whole:
        if reply.kind in ("question", "design", "number"):
            question = catalogue.question(reply.id)
            points[reply.id] = tuple(Text(point.en, point.zh) for point in question.points)
            if question.answer is not None:
                answers[reply.id] = question.answer
        elif reply.kind == "talk":
            beats = catalogue.paper(reply.id).beats
            points[reply.id] = tuple(point for beat in beats for point in beat.points)
    groups: dict[str, list[Reply]] = {}
    titles: dict[str, Text] = {}
    topics = catalogue.topics()
    for reply in whole:
        key = reply.topic if reply.topic in topics else reply.kind
        titles[key] = topics[key].title if key in topics else _KINDS[key]
        groups.setdefault(key, []).append(reply)
    scored = [
        Scored(titles[key], sum(reply.score for reply in found) / len(found), len(found))
        for key, found in groups.items()
    ]
    total = sum(reply.score for reply in whole) / len(whole) if whole else 0.0
    weak = sorted((reply for reply in whole if reply.score < 1), key=lambda reply: reply.score)
    mend = tuple(_mend(reply, points) for reply in weak[:THINGS_TO_MEND])
    return Report(
        interview.store.clock.today(), interview.options, tuple(interview.replies), total,
        tuple(sorted(scored, key=lambda one: one.score)), mend, points, answers,
    )  # fmt: skip


_KINDS = {"talk": Text("Paper", "讲论文"), "drill": Text("Writing code", "手撕代码")}


def _mend(reply: Reply, points: dict[str, tuple[Text, ...]]) -> Mend:
    commands = {"talk": f"llmprep explain {reply.id} --rehearse", "drill": f"llmprep drill {reply.id}"}
    missed = tuple(text for index, text in enumerate(points.get(reply.id, ())) if index not in reply.had)
    command = commands.get(reply.kind, f"llmprep quiz {reply.id}")
    return Mend(Text(reply.ask["en"], reply.ask["zh"]), command, reply.score, missed)


def word(key: str, language: Language) -> str:
    """A heading of the report."""
    return _WORDS[key][language]


# ---------------------------------------------------------------- Markdown


def as_markdown(report: Report, language: Language) -> str:
    """The report as one Markdown text."""
    return "\n".join(_markdown(report, language)) + "\n"


def _markdown(report: Report, language: Language) -> Iterator[str]:
    options = report.options
    yield f"# {word('title', language)} · {report.day.isoformat()}"
    yield ""
    focus = f" · {options.focus}" if options.focus else ""
    yield f"{options.minutes} {word('minutes', language)}{focus} · {word('seed', language)} {options.seed}"
    yield ""
    yield f"**{word('score', language)}: {report.total:.0%}**"
    yield from ("", f"## {word('topics', language)}", "")
    for one in report.topics:
        yield f"- {one.title[language]}: {one.score:.0%} ({one.replies})"
    yield from ("", f"## {word('mend', language)}", "")
    for number, mend in enumerate(report.mend, 1):
        yield f"{number}. {mend.title[language]} (`{mend.command}`)"
        for text in mend.missed[:4]:
            yield f"   - {word('missed', language)}: {text[language]}"
    yield from ("", f"## {word('time', language)}", "")
    start = 0.0
    for reply in report.replies:
        yield f"- {_clock(start)}–{_clock(start + reply.seconds)} {reply.ask[language]}"
        start += reply.seconds
    yield from ("", f"## {word('transcript', language)}", "")
    for reply in report.replies:
        yield from _told(reply, report, language)


def _told(reply: Reply, report: Report, language: Language) -> Iterator[str]:
    yield f"### {reply.ask[language]}"
    yield ""
    yield f"{_outcome(reply, language)} · {_clock(reply.seconds)}"
    yield ""
    text = reply.answer or (word("spoken", language) if reply.spoken else "")
    if text:
        yield from (f"> {line}" for line in text.splitlines())
        yield ""
    for index, point in enumerate(report.points.get(reply.id, ())):
        mark = word("said" if index in reply.had else "missed", language)
        yield f"- {mark}: {point[language]}"
    answer = report.answers.get(reply.id)
    if answer is not None:
        yield from ("", f"{word('answer', language)}: {answer[language]}")
    yield ""


def _outcome(reply: Reply, language: Language) -> str:
    if reply.skipped:
        return word("skipped", language)
    if reply.kind in ("drill", "number"):
        return word("passed" if reply.had else "failed", language)
    return f"{len(reply.had)} / {reply.of}"


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


# ---------------------------------------------------------------- HTML

_STYLE = """
body { font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; max-width: 46rem;
  margin: 2rem auto; padding: 0 1rem; color: #24292f; background: #fff; }
@media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #0d1117; } }
blockquote { border-left: 3px solid #8c959f; margin-left: 0; padding-left: 1rem; white-space: pre-wrap; }
meter { width: 8rem; } code { background: #8c959f33; padding: 0 .3em; } .missed { opacity: .7; }
.said::before { content: "✓ "; color: #1a7f37; } .missed::before { content: "✗ "; color: #cf222e; }
"""


def as_html(report: Report, language: Language) -> str:
    """The report as one page that needs no network."""
    body = "\n".join(_html(report, language))
    title = f"{word('title', language)} · {report.day.isoformat()}"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def _html(report: Report, language: Language) -> Iterator[str]:
    yield f"<h1>{word('title', language)} · {report.day.isoformat()}</h1>"
    yield f"<p><strong>{word('score', language)}: {report.total:.0%}</strong></p>"
    yield f"<h2>{word('topics', language)}</h2><ul>"
    for one in report.topics:
        bar = f'<meter value="{one.score:.2f}"></meter>'
        yield f"<li>{bar} {one.score:.0%} {escape(one.title[language])}</li>"
    yield f"</ul><h2>{word('mend', language)}</h2><ol>"
    for mend in report.mend:
        missed = "".join(f'<li class="missed">{escape(text[language])}</li>' for text in mend.missed[:4])
        yield f"<li>{escape(mend.title[language])} <code>{escape(mend.command)}</code><ul>{missed}</ul></li>"
    yield f"</ol><h2>{word('transcript', language)}</h2>"
    start = 0.0
    for reply in report.replies:
        yield f"<h3>{_clock(start)} · {escape(reply.ask[language])}</h3>"
        start += reply.seconds
        yield f"<p>{_outcome(reply, language)} · {_clock(reply.seconds)}</p>"
        text = reply.answer or (word("spoken", language) if reply.spoken else "")
        if text:
            yield f"<blockquote>{escape(text)}</blockquote>"
        marks = "".join(
            f'<li class="{"said" if index in reply.had else "missed"}">{escape(point[language])}</li>'
            for index, point in enumerate(report.points.get(reply.id, ()))
        )
        if marks:
            yield f"<ul>{marks}</ul>"
        answer = report.answers.get(reply.id)
        if answer is not None:
            yield f"<p><em>{word('answer', language)}:</em> {escape(answer[language])}</p>"
