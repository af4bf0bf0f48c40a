"""A quiz in the terminal: ask, let the learner answer, reveal, tick, rate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.text import Text as Line

from llmprep.memory.records import Rating
from llmprep.practice.quiz import Asked, Checked, Quiz
from llmprep.ui.blocks import prose
from llmprep.ui.intervals import interval
from llmprep.ui.terminal import Quit, Terminal
from llmprep.ui.ticking import ask_rating, labelled, tick

if TYPE_CHECKING:
    from llmprep.memory.settings import ModelSettings
    from llmprep.practice.model_judge import Advice
    from llmprep.practice.rubric import Evidence

LETTERS = "abcdef"


def run_quiz(quiz: Quiz, terminal: Terminal, model: ModelSettings | None = None) -> None:
    """Ask until nothing is left or the learner stops; what was answered is already kept.

    With a `model`, it reads typed answers, too.
    """
    asked = quiz.current()
    if asked is None:
        terminal.line("quiz.none")
        return
    try:
        with terminal.listening():
            while asked is not None:
                _one_question(quiz, asked, terminal, model)
                asked = quiz.current()
        terminal.line("quiz.done", style="title")
    except (Quit, KeyboardInterrupt):
        terminal.print("")
    _summary(quiz, terminal)


def show_question(asked: Asked, terminal: Terminal, waiting: int = 0, cram: bool = False) -> None:
    """The question as it stands on the screen, without its answer."""
    language = terminal.language
    parts = [asked.topic_title[language], terminal.say(f"quiz.level.{asked.question.level}")]
    parts.append(terminal.say("quiz.cram") if cram else terminal.say(f"quiz.stage.{asked.stage}"))
    if waiting:
        parts.append(terminal.say("quiz.waiting", count=waiting))
    terminal.rule(" · ".join(parts))
    if asked.follows:
        terminal.print(Line(f"↳ {terminal.say('quiz.follow-up')}", style="warn"))
    terminal.print(prose(asked.ask[language], style="title"))
    terminal.print("")
    for letter, choice in zip(LETTERS, asked.choices, strict=False):
        terminal.print(labelled(letter, choice[language]))


def _one_question(quiz: Quiz, asked: Asked, terminal: Terminal, model: ModelSettings | None) -> None:
    show_question(asked, terminal, quiz.waiting(), quiz.options.cram)
    kind = asked.question.kind
    if kind == "choice":
        done = _choice(quiz, asked, terminal)
    elif kind == "computed":
        done = _number(quiz, asked, terminal)
    else:
        done = _open(quiz, asked, terminal, model)
    if not done:
        _undo(quiz, terminal)


# ------------------------------------------------------------ kinds of answer


def _open(quiz: Quiz, asked: Asked, terminal: Terminal, model: ModelSettings | None) -> bool:
    terminal.line("quiz.open-keys", style="faint")
    key = terminal.key(("enter", "t", "u", " "), typing="t")
    if key == "u":
        return False
    typed, ticked, advice = "", set[int](), None
    if key == "t":
        typed = terminal.ask(terminal.say("quiz.type"), multiline=True, begun=True)
        evidence = quiz.found(typed)
        ticked = {found.point for found in evidence}
        advice = _advice(asked, typed, terminal, model)
        ticked = advice.applied_to(ticked) if advice else ticked
        _show_typed(typed, [one for one in evidence if one.point in ticked], terminal)
        _show_opposed(typed, quiz.opposed(typed), list(advice.opposed.values()) if advice else [], terminal)
    _reveal(asked, terminal)
    terminal.line("quiz.points", style="title")
    ticked = tick([point[terminal.language] for point in asked.question.points], ticked, terminal)
    if advice is not None and advice.follow_up:
        terminal.line("model.asks", style="warn")
        terminal.print(prose(advice.follow_up, style="title"))
    suggested = quiz.suggestion(len(ticked), len(asked.question.points))
    payload: dict[str, Any] = {"ticked": sorted(ticked)}
    if typed:
        payload["typed"] = typed
    return _rate(quiz, suggested, payload, None, terminal)


def _show_typed(typed: str, evidence: Sequence[Evidence], terminal: Terminal) -> None:
    """The learner's own words, with what made a point set apart and numbered as the points will be."""
    terminal.print(Line(terminal.say("quiz.typed"), style="title"))
    line, last = Line(), 0
    for found in sorted(evidence, key=lambda one: one.start):
        if found.start < last:  # one phrase made two points
            line.append(f"[{found.point + 1}]", style="faint")
            continue
        line.append(typed[last : found.start])
        line.append(typed[found.start : found.end], style="good")
        line.append(f"[{found.point + 1}]", style="faint")
        last = found.end
    line.append(typed[last:])
    terminal.print(Padding(line, (0, 0, 0, 2)))


def _show_opposed(typed: str, opposed: Sequence[Evidence], quoted: Sequence[str], terminal: Terminal) -> None:
    """The clauses that seem to turn a point round; only a hint, since phrases can be misread."""
    clauses = [typed[found.start : found.end].strip(" ,;，；。.\n") for found in opposed]
    if not clauses and not quoted:
        return
    terminal.line("quiz.opposed", style="warn")
    for clause in dict.fromkeys([*clauses, *quoted]):
        terminal.print(Padding(Line(clause, style="bad"), (0, 0, 0, 2)))


def _advice(asked: Asked, typed: str, terminal: Terminal, model: ModelSettings | None) -> Advice | None:
    if model is None:
        return None
    from llmprep.ui.model_advice import advice_on

    try:
        return advice_on(model, asked.ask, asked.question.points, typed, terminal)
    except KeyboardInterrupt:  # who has no patience with the model goes on without it
        return None


def _choice(quiz: Quiz, asked: Asked, terminal: Terminal) -> bool:
    letters = LETTERS[: len(asked.choices)]
    terminal.line("quiz.choice-keys", style="faint", letters="/".join(letters))
    key = terminal.key((*letters, "u"))
    if key == "u":
        return False
    checked = quiz.check_choice(letters.index(key))
    _right_or_wrong(checked, terminal)
    language = terminal.language
    if not checked.right and checked.chosen is not None and checked.chosen.why is not None:
        terminal.print(Padding(prose(f"{key}. {checked.chosen.why[language]}"), (0, 0, 0, 2)))
        right = next(choice for choice in asked.choices if choice.right)
        terminal.print(prose(terminal.say("quiz.right-choice", text=right[language])))
    _reveal(asked, terminal)
    return _rate(quiz, 3 if checked.right else 1, {"chosen": key}, checked.right, terminal)


def _number(quiz: Quiz, asked: Asked, terminal: Terminal) -> bool:
    from llmprep.calc.quantity import format_quantity

    terminal.line("quiz.number-keys", style="faint")
    while True:
        typed = terminal.ask(terminal.say("quiz.number")).strip()
        if typed.lower() in ("u", "undo"):
            return False
        if typed.lower() in ("q", "quit"):
            raise Quit
        checked = quiz.check_number(typed) if typed else Checked(right=False)
        if checked is not None:
            break
        terminal.line("quiz.not-a-number", text=typed)
    _right_or_wrong(checked, terminal)
    assert asked.expected is not None
    unit = f" {asked.unit}" if asked.unit else ""
    value = format_quantity(asked.expected)
    key = "quiz.expected" if typed and not checked.right else "quiz.expected-right"
    terminal.print(prose(terminal.say(key, value=value, unit=unit, given=typed)))
    _reveal(asked, terminal)
    payload = {"typed": typed, "expected": asked.expected}
    return _rate(quiz, 3 if checked.right else 1, payload, checked.right, terminal)


# ------------------------------------------------------------------ reveal


def _reveal(asked: Asked, terminal: Terminal) -> None:
    language, question = terminal.language, asked.question
    if question.answer is not None:
        terminal.print(Line(terminal.say("quiz.answer"), style="title"))
        terminal.print(Padding(prose(question.answer[language]), (0, 0, 0, 2)))
    if question.trap is not None:
        terminal.print(Line(terminal.say("quiz.trap"), style="warn"))
        terminal.print(Padding(prose(question.trap[language]), (0, 0, 0, 2)))
    terminal.line("quiz.source", style="faint", source=question.source)


def _right_or_wrong(checked: Checked, terminal: Terminal) -> None:
    if checked.right:
        terminal.print(Line("✓ " + terminal.say("quiz.right"), style="good"))
    else:
        terminal.print(Line("✗ " + terminal.say("quiz.wrong"), style="bad"))


# -------------------------------------------------------------------- rate


def _rate(
    quiz: Quiz, suggested: Rating, payload: dict[str, Any], right: bool | None, terminal: Terminal
) -> bool:
    rating = ask_rating(suggested, {} if quiz.options.cram else quiz.intervals(), terminal)
    if rating is None:
        return False
    quiz.rate(rating, {**payload, "suggested": suggested}, right)
    terminal.print("")
    return True


def _undo(quiz: Quiz, terminal: Terminal) -> None:
    """Take the last answer back; the question on the screen is asked again either way."""
    undone = quiz.undo()
    terminal.line("quiz.undone" if undone is not None else "quiz.nothing-to-undo", style="warn")


def _summary(quiz: Quiz, terminal: Terminal) -> None:
    summary, language = quiz.summary(), terminal.language
    if summary.answered:
        good = sum(answer.rating >= 3 for answer in summary.answered)
        weak = len(summary.again)
        terminal.line("quiz.answered", count=len(summary.answered), good=good, weak=weak)
    if summary.again:
        terminal.print(Line(terminal.say("quiz.reread"), style="title"))
        for answer in summary.again:
            question = answer.asked.question
            drills = f"  → llmprep drill {question.drills[0]}" if question.drills else ""
            terminal.print(
                Padding(prose(f"{answer.asked.ask[language]}\n{question.source}{drills}"), (0, 0, 0, 2))
            )
    if summary.next_due_minutes is not None and not quiz.options.cram:
        from datetime import timedelta

        when = interval(timedelta(minutes=summary.next_due_minutes), language)
        terminal.line("quiz.next-due", style="faint", when=when)
    if summary.answered:
        terminal.line("quiz.saved", style="faint")
