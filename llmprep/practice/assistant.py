"""What an AI assistant may do for a learner: list, ask, hint, grade the learner's file, explain.

An assistant gets no solution and no model answer before the learner has earned it: a drill's solution after
a pass, or after the learner gave up in the terminal (an assistant cannot give up for anybody); a question's
answer after an answer of the learner's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Language
from llmprep.judge.client import Judge
from llmprep.judge.verdict import Verdict
from llmprep.memory.settings import Settings
from llmprep.memory.store import Store, open_store
from llmprep.practice.drill import drill_files, make_judge, open_practice_file
from llmprep.practice.quiz import Quiz, QuizOptions
from llmprep.practice.rubric import found_points, opposed_points, suggested_rating

PARTS = ("talk", "numbers", "questions")


class NotYet(Exception):  # noqa: N818 - it is a rule, not an error
    """What the learner has to do first; the text is a key of ui/strings."""


@dataclass
class Assistant:
    """The program's content and judge behind calls that carry only text and numbers."""

    catalogue: Catalogue
    settings: Settings
    language: Language
    _hints: dict[str, int] = field(default_factory=dict)
    _judge: Judge | None = None
    _store: Store | None = None

    @property
    def store(self) -> Store:
        """The learner's log, opened when first needed."""
        if self._store is None:
            self._store = open_store(self.settings)
        return self._store

    def close(self) -> None:
        """End the judge and let go of the log."""
        if self._judge is not None:
            self._judge.close()
        if self._store is not None:
            self._store.close()

    # ------------------------------------------------------------- lists

    def topics(self) -> list[dict[str, Any]]:
        """Topics of the question banks."""
        return [
            {
                "id": name,
                "title": topic.title[self.language],
                "questions": self.catalogue.count("question", name),
            }
            for name, topic in self.catalogue.topics().items()
        ]

    def drills(self) -> list[dict[str, Any]]:
        """Drills with whether the learner has passed them."""
        known = self.store.seen("drill/")
        return [
            {
                "id": name, "title": drill.title[self.language], "family": drill.topic,
                "level": drill.level, "minutes": drill.minutes, "begun": f"drill/{name}" in known,
            }
            for name, drill in self.catalogue.drills().items()
        ]  # fmt: skip

    def papers(self) -> list[dict[str, Any]]:
        """Papers with a talk."""
        return [
            {"id": item.id, "title": item.title[self.language]} for item in self.catalogue.listed("paper")
        ]

    # ------------------------------------------------------------- questions

    def ask(self, topic: str | None = None) -> dict[str, Any] | None:
        """The question that is due, or the next new one; without its answer."""
        name = self.catalogue.resolve("topic", topic) if topic else None
        asked = Quiz(self.catalogue, self.store, QuizOptions(name, new=9999), seed=0).current()
        if asked is None:
            return None
        return {
            "id": asked.id, "topic": asked.topic, "level": asked.question.level, "kind": asked.question.kind,
            "ask": asked.ask[self.language],
            "choices": [choice[self.language] for choice in asked.choices],
        }  # fmt: skip

    def answer(self, question: str, answer: str) -> dict[str, Any]:
        """Check the learner's typed answer to an open question, record it, and give the model answer.

        Raises:
            NotYet: the answer is empty, or the question is not an open one.
        """
        name = self.catalogue.resolve("question", question)
        found = self.catalogue.question(name)
        if found.kind != "open":
            raise NotYet("assistant.not-open")
        if not answer.strip():
            raise NotYet("assistant.no-answer")
        ask = f"{found.ask.en}\n{found.ask.zh}"
        had = {one.point for one in found_points(found.points, answer, ask, found.answer)}
        rating = suggested_rating(len(had), len(found.points))
        payload = {"typed": answer, "ticked": sorted(had), "through": "assistant"}
        reviewed = self.store.record_review(f"question/{name}", found.revision, rating, payload)
        opposed = opposed_points(found.points, answer, ask, found.answer)
        said = [(index in had, point[self.language]) for index, point in enumerate(found.points)]
        return {
            "said": [text for was, text in said if was],
            "missed": [text for was, text in said if not was],
            "perhaps_reversed": [answer[one.start : one.end].strip(" ,;，；。.") for one in opposed],
            "answer": found.answer[self.language] if found.answer else None,
            "trap": found.trap[self.language] if found.trap else None,
            "source": found.source,
            "comes_back_in_days": reviewed.after.interval.days,
        }

    # ------------------------------------------------------------- drills

    def prompt(self, drill: str) -> dict[str, Any]:
        """What to write, and the file to write it in."""
        name = self.catalogue.resolve("drill", drill)
        found = self.catalogue.drill(name)
        file = open_practice_file(self.catalogue, name)
        return {
            "id": name, "title": found.title[self.language], "prompt": found.prompt[self.language],
            "file": str(file.path), "hints": len(found.hints), "forbidden": list(found.forbid),
        }  # fmt: skip

    def hint(self, drill: str) -> dict[str, Any]:
        """The next hint of the ladder; they come one at a time."""
        name = self.catalogue.resolve("drill", drill)
        hints = self.catalogue.drill(name).hints
        shown = min(self._hints.get(name, 0), len(hints) - 1)
        self._hints[name] = shown + 1
        return {"number": shown + 1, "of": len(hints), "hint": hints[shown][self.language]}

    def grade(self, drill: str) -> Verdict:
        """Grade the learner's own practice file, never a text that the assistant sends; log the attempt."""
        name = self.catalogue.resolve("drill", drill)
        file = open_practice_file(self.catalogue, name)
        if self._judge is None:
            self._judge = make_judge(self.catalogue)
        verdict = self._judge.grade(drill_files(self.catalogue, name), file.read(), str(file.path))
        payload = {
            "passed": verdict.passed, "seed": verdict.seed, "seconds": round(verdict.seconds, 3),
            "hints": self._hints.get(name, 0), "through": "assistant",
            "mistakes": list(verdict.diagnosis.mistakes) if verdict.diagnosis else [],
        }  # fmt: skip
        self.store.record_event("attempt", f"drill/{name}", payload)
        return verdict

    def solution(self, drill: str) -> str:
        """The reference solution, once it is earned.

        Raises:
            NotYet: the learner has neither passed nor given up.
        """
        name = self.catalogue.resolve("drill", drill)
        if not self.has_earned(name):
            raise NotYet("assistant.not-earned")
        return (drill_files(self.catalogue, name).solution / "reference.py").read_text("utf-8")

    def has_earned(self, drill: str) -> bool:
        """Whether the log has a pass of a drill, or that the learner gave it up."""
        for event in self.store.events(f"drill/{drill}"):
            if event.card != f"drill/{drill}":
                continue
            if event.kind == "attempt" and event.payload.get("passed"):
                return True
            if event.kind == "review" and event.payload.get("gave_up"):
                return True
        return False

    # ------------------------------------------------------------- papers

    def explain(self, paper: str, part: str = "talk") -> dict[str, Any]:
        """A talk, its numbers, or what is asked about it."""
        name = self.catalogue.resolve("paper", paper)
        found, language = self.catalogue.paper(name), self.language
        told: dict[str, Any] = {"id": name, "title": found.title, "link": found.link, "year": found.year}
        if part == "numbers":
            told["numbers"] = [
                {
                    "caption": table.caption[language],
                    "columns": [column[language] for column in table.columns],
                    "rows": [list(row) for row in table.rows], "source": table.source,
                }
                for table in found.numbers
            ]  # fmt: skip
        elif part == "questions":
            told["asked"] = [
                {"ask": one.ask[language], "answer": one.answer[language]} for one in found.asked
            ]
        else:
            told["beats"] = [
                {"name": beat.name, "seconds": beat.seconds, "say": beat.say[language]}
                for beat in found.beats
            ]
        return told
