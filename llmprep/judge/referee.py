"""The process that holds the reference and the mistakes, compares, and makes the verdict.

It runs the reference while the learner is still writing, reads the worker's frames as untrusted bytes,
and is the only one whose word counts. The verdict is sent as soon as it is known; the diagnosis follows.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import torch

from llmprep.judge.agreement import agrees, difference, mutated
from llmprep.judge.boundary import EXPERIMENTS, VARIATIONS, nearby
from llmprep.judge.candidate import load
from llmprep.judge.channel import DIAGNOSIS, DONE, EXPERIMENT, FAILED, FRAME, VERDICT, Channel, Message
from llmprep.judge.cleaning import clean
from llmprep.judge.compare import Difference
from llmprep.judge.diagnosis import Evidence, Namer
from llmprep.judge.libraries import make_ready
from llmprep.judge.mistakes import MistakeProblem, WrongSolution, build, pairs
from llmprep.judge.observations import Observation, observe, observe_variations
from llmprep.judge.rounding import rounding
from llmprep.judge.runner import Run, RunKey, Runner, load_probes
from llmprep.judge.signatures import in_words, signature
from llmprep.judge.values import odd_parts
from llmprep.judge.verdict import Outcome, ProblemKind
from llmprep.judge.wire import MalformedFrame, pack, unpack

Experiment = Callable[[list[RunKey]], list[Run]]
DIAGNOSIS_SECONDS = 0.8
MAX_NAMES = 8
ROUNDED = {"float64": ("base", "layout", "bfloat16"), "gradient64": ("gradient",)}
"""Of which variations each exact run shows the rounding."""
LOADING = RunKey("load", "base")
MEASURING = RunKey("cost", "base")


def referee(channel: Channel) -> None:
    """Serve one grade: run the reference, read the worker's frames, send the verdict, then the diagnosis."""
    torch.set_num_threads(1)
    request = channel.receive()
    if request is None:
        return
    try:
        grade = Grade(json.loads(request.structure))
        grade.run_reference()
        grade.require_sound_reference()
        grade.rehearse()
        while (message := channel.receive()) is not None:
            if message.kind == FRAME:
                grade.read(message)
            elif message.kind == DONE:
                verdict = grade.verdict(json.loads(message.structure))
                channel.send(Message(VERDICT, json.dumps(clean(verdict)).encode()))
                if verdict["diagnosing"]:
                    found = grade.explain(lambda wanted: _experiment(channel, wanted))
                    channel.send(Message(DIAGNOSIS, json.dumps(clean(found)).encode()))
                return
    except Exception as error:
        channel.send(Message(FAILED, json.dumps(f"{type(error).__name__}: {error}").encode()))
        raise


class ReferenceProblem(Exception):  # noqa: N818 - content has problems; the program has errors
    """A reference that cannot be judged by: our mistake, never the learner's."""


class Grade:
    """The reference's runs of one seed, and the candidate's as they come in.

    Args:
        task: `drill`, `seed`, `solution` (folder), `probes` (file), `forbid`, `requires`,
            `mistakes` (as JSON).
    """

    def __init__(self, task: dict[str, Any]):
        self.drill: str = task["drill"]
        self.seed: int = task["seed"]
        self.solution = Path(task["solution"])
        self.mistakes: list[dict[str, object]] = task["mistakes"]
        self.forbid = tuple(task["forbid"])
        make_ready(task.get("requires", ()))
        self.probes = load_probes(Path(task["probes"]))
        self.reference_text = (self.solution / "reference.py").read_text(encoding="utf-8")
        filename = str(self.solution / "reference.py")
        module_name = f"llmprep_reference_{self.drill.replace('-', '_')}"
        namespace = load(self.reference_text.encode(), filename, module_name)
        self.runner = Runner(self.probes, namespace, filename, self.seed)
        self.expected: dict[RunKey, Run] = {}
        self._noise: dict[RunKey, Any] = {}
        self._own_cost: dict[str, int] | None = None
        self._actual: dict[RunKey, Run] = {}
        self._found: dict[RunKey, Difference | None] = {}
        self._malformed = False

    def run_reference(self) -> None:
        """Every run that the candidate owes, and how far rounding alone moves each."""
        self.expected = {run.key: run for run in self.runner.runs()}
        for name, probe in self.runner.probes.items():
            if self.expected[RunKey(name, "base")].floats and not probe.random:
                self._measure_rounding(name)
        self._own_cost = self.runner.cost()

    def _measure_rounding(self, probe: str) -> None:
        for exactly, variations in ROUNDED.items():
            owed = [
                key for key in (RunKey(probe, variation) for variation in variations) if key in self.expected
            ]
            if not owed:
                continue
            key = RunKey(probe, exactly)
            exact = self.expected.get(key) or self.runner.run(key)
            if exact.problem is not None:
                continue
            for wanted in owed:
                runs = [self.runner.run(RunKey(probe, near)) for near in nearby(wanted.variation)]
                values = [run.value for run in runs if run.problem is None]
                self._noise[wanted] = rounding(self.expected[wanted].value, exact.value, values)

    def require_sound_reference(self) -> None:
        """Raise ReferenceProblem if the reference itself fails somewhere: then nobody can be judged by it."""
        if not self.expected:
            raise ReferenceProblem(f"the drill '{self.drill}' has no probes")
        for key, run in self.expected.items():
            what = None
            if run.problem is not None:
                what = f"{run.detail.get('type', run.problem)}: {run.detail.get('message', run.detail)}"
            elif odd := odd_parts(run.value):
                what = f"it returns {odd[0]}, which cannot be compared"
            if what is not None:
                raise ReferenceProblem(
                    f"the reference of '{self.drill}' fails in probe {key.probe}, {key.variation} ({what})"
                )

    def rehearse(self) -> None:
        """Grade the reference itself while the learner is still writing; raise ReferenceProblem if it fails.

        What the first comparison of a process takes longer is taken now, and not when the learner waits.
        """
        for run in unpack(*pack(list(self.expected.values()))):
            found = difference(self.expected[run.key], run, self.noise_of(run.key))
            if found is not None:
                where = f"{run.key.probe}, {run.key.variation}"
                raise ReferenceProblem(
                    f"the reference of '{self.drill}' differs from itself in probe {where}"
                )

    def noise_of(self, key: RunKey) -> Any:
        """How far rounding alone moves the result of run `key` (see `rounding.rounding`); None if unknown."""
        return self._noise.get(key)

    def read(self, frame: Message) -> None:
        """Take one frame of the worker's; a malformed one ends the candidate's chance to pass.

        Nothing after it is read: reading takes time, and a candidate may send much.
        """
        if self._malformed:
            return
        try:
            runs = unpack(frame.structure, frame.blob)
        except MalformedFrame:
            self._malformed = True
            return
        self._malformed = not runs or not all(self._take(run) for run in runs)

    def _take(self, run: Run) -> bool:
        """Compare one run; False where no honest worker would send it."""
        known = run.key == LOADING or (
            run.key.probe in self.runner.probes and run.key.variation in VARIATIONS
        )
        names = {hit["name"] for hit in run.forbidden}
        if not known or run.key in self._actual or not names <= set(self.forbid):
            return False
        self._actual[run.key] = run
        expected = self.expected.get(run.key)
        if expected is not None:
            self._found[run.key] = difference(expected, run, self.noise_of(run.key))
        return True

    def verdict(self, end: dict[str, Any]) -> dict[str, Any]:
        """The verdict as JSON-able data (see `verdict.Verdict`); `diagnosing` says that `explain` has work.

        Args:
            end: how the worker ended, as the parent saw it: `stopped` (where and why), or what it `printed`
                and says it `cost`.
        """
        outcomes = self._outcomes(end)
        passed = bool(outcomes) and all(outcome.passed for outcome in outcomes)
        return {
            "drill": self.drill,
            "seed": self.seed,
            "passed": passed,
            "outcomes": [dataclasses.asdict(outcome) for outcome in outcomes],
            "printed": str(end.get("printed", ""))[:4000],
            "cost": self._cost(end.get("cost")) if passed else {},
            "diagnosing": any(run.problem != "missing" for run in self._failing().values()),
        }

    def explain(self, experiment: Experiment = lambda wanted: []) -> dict[str, Any]:
        """The named mistake, and what the outputs prove by themselves.

        Args:
            experiment: has the candidate run probes in further variations; asked only where no mistake is
                named with certainty.
        """
        failing = self._failing()
        passing = {key: run for key, run in self._actual.items() if key in self._found and key not in failing}
        namer = Namer(self.probes, self.seed, self.forbid, DIAGNOSIS_SECONDS)
        found = namer.name(
            Evidence(failing, passing), self._singles(), lambda: pairs(self.reference_text, self.mistakes)
        )
        certain = found is not None and found.certain
        return {
            "diagnosis": dataclasses.asdict(found) if found is not None else None,
            "observations": [] if certain else self._observations(failing, experiment),
        }

    def _observations(self, failing: dict[RunKey, Run], experiment: Experiment) -> list[Observation]:
        """What is proved by the first plain run that gives wrong values; failing that, by which runs fail."""
        plain = [
            run
            for key, run in failing.items()
            if key.variation == "base" and run.problem is None and self._found[key] is not None
        ]
        if not plain:
            base_fails = any(key.variation == "base" for key in failing)
            return [] if base_fails else observe_variations([key.variation for key in failing])
        first = plain[0]
        expected = self.expected[first.key]
        probe = self.runner.probes[first.key.probe]
        proved = []
        if not (probe.random or first.forbidden or odd_parts(first.value)):  # what is odd equals nothing
            wanted = [RunKey(probe.id, variation) for variation in EXPERIMENTS]
            again = {run.key.variation: run for run in experiment(wanted) if run.key in wanted}
            noise = self.noise_of(first.key)
            if len(again) == len(wanted) and not agrees(again["fresh"], again["reseeded"]):
                proved.append({"kind": "global-random-state"})
            elif "fresh" in again and difference(expected, again["fresh"], noise) is None:
                proved.append({"kind": "stale-state"})
        return proved + observe(expected.value, first.value, expected.masks)

    # ------------------------------------------------------------ outcomes

    def _outcomes(self, end: dict[str, Any]) -> list[Outcome]:
        loading = self._actual.get(LOADING)
        if loading is not None and loading.problem is not None:
            return [self._outcome(LOADING, Difference(loading.problem, loading.detail))]
        stopped = end.get("stopped")
        if stopped is not None and stopped["run"] == [MEASURING.probe, MEASURING.variation]:
            stopped = None  # all that counts was done by then
        outcomes: list[Outcome] = []
        for key, expected in self.expected.items():
            if key in self._found:
                outcomes += self._seen(key, expected)
            elif stopped is None and not self._failed_plainly(key.probe):
                outcomes.append(self._outcome(key, Difference("crashed", {"what": "no-result"})))
        if stopped is not None:
            outcomes.append(self._outcome(self._place(stopped["run"]), _stop(stopped)))
        if self._malformed:
            outcomes.append(self._outcome(LOADING, Difference("crashed", {"what": "malformed"})))
        return outcomes

    def _seen(self, key: RunKey, expected: Run) -> list[Outcome]:
        """One outcome for a run, and after a plain run one more: whether the inputs were left alone."""
        outcomes = [self._outcome(key, self._found[key])]
        if key.variation == "base" and self._actual[key].problem is None:
            names = mutated(expected, self._actual[key])
            change = Difference("mutated-input", {"names": names[:MAX_NAMES]}) if names else None
            outcomes.append(self._outcome(RunKey(key.probe, "untouched"), change))
        return outcomes

    def _failing(self) -> dict[RunKey, Run]:
        return {
            key: self._actual[key]
            for key, found in self._found.items()
            if found is not None or mutated(self.expected[key], self._actual[key])
        }

    def _failed_plainly(self, probe: str) -> bool:
        """Whether the base run of a probe fails, so that its variations were not run."""
        return self._found.get(RunKey(probe, "base")) is not None

    def _outcome(self, key: RunKey, found: Difference | None) -> Outcome:
        probe = self.runner.probes.get(key.probe)
        en, zh = (probe.en, probe.zh) if probe else ("Loading the file", "读入文件")
        problem: ProblemKind | None = found.problem if found else None  # type: ignore[assignment]
        detail = dict(found.detail) if found else {}
        if problem == "signature":
            detail["expected"] = self._reference_signature(str(detail.get("name", "")))
        return Outcome(key.probe, key.variation, en, zh, problem is None, problem, detail)

    def _place(self, run: list[str]) -> RunKey:
        """The run that the worker said it was in; what no honest worker says counts as loading."""
        key = RunKey(*run)
        return key if key.probe in self.runner.probes and key.variation in VARIATIONS else LOADING

    def _reference_signature(self, name: str) -> str:
        value: Any = self.runner.namespace
        for part in name.split("."):
            value = getattr(value, part, None)
        return in_words(signature(value)) if callable(value) else ""

    # ----------------------------------------------------------- diagnosis

    def _singles(self) -> list[WrongSolution]:
        found = []
        for mistake in self.mistakes:
            try:
                found.append(build(self.reference_text, mistake, self.solution))
            except MistakeProblem:  # reported by the audit, which proves every one
                continue
        return found

    def _cost(self, claimed: Any) -> dict[str, Any]:
        """What the first probe cost the candidate, as it says, beside what it cost the reference."""
        own = self._own_cost
        if own is None or not isinstance(claimed, dict) or set(claimed) != set(own):
            return {}
        if not all(type(value) is int and 0 <= value < 2**63 for value in claimed.values()):
            return {}
        return {"yours": claimed, "reference": own}


def _experiment(channel: Channel, wanted: list[RunKey]) -> list[Run]:
    """What the worker gives for runs that are no part of the grade, as far as it came in time."""
    asked = [[key.probe, key.variation] for key in wanted]
    channel.send(Message(EXPERIMENT, json.dumps(asked).encode()))
    found: list[Run] = []
    while (message := channel.receive()) is not None and message.kind == FRAME:
        with suppress(MalformedFrame):
            found += unpack(message.structure, message.blob)
    return found


def _stop(stopped: dict[str, Any]) -> Difference:
    return Difference(stopped["problem"], stopped["detail"])
