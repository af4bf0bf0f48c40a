"""The process that holds the reference and the mistakes, compares, and makes the verdict.

It runs the reference while the worker runs the candidate, reads the worker's frames as untrusted bytes,
and is the only one whose word counts.
"""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import torch

from llmprep.judge.agreement import difference, mutated
from llmprep.judge.candidate import load
from llmprep.judge.channel import DONE, FAILED, FRAME, VERDICT, Channel, Message
from llmprep.judge.diagnosis import Evidence, Namer, observe
from llmprep.judge.mistakes import MistakeProblem, WrongSolution, build, pairs
from llmprep.judge.runner import Run, Runner, RunKey, applies, load_probes
from llmprep.judge.verdict import Outcome
from llmprep.judge.wire import MalformedFrame, canonical, unpack

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")
DIAGNOSIS_SECONDS = 0.9


def referee(channel: Channel) -> None:
    """Serve one grade: run the reference, read the worker's frames, send the verdict."""
    torch.set_num_threads(1)
    request = channel.receive()
    if request is None:
        return
    try:
        grade = Grade(json.loads(request.structure))
        grade.run_reference()
        while (message := channel.receive()) is not None:
            if message.kind == FRAME:
                grade.read(message)
            elif message.kind == DONE:
                verdict = grade.verdict(json.loads(message.structure))
                channel.send(Message(VERDICT, json.dumps(_clean(verdict)).encode()))
                return
    except Exception as error:
        channel.send(Message(FAILED, json.dumps(f"{type(error).__name__}: {error}").encode()))
        raise


class Grade:
    """The reference's runs of one seed, and the candidate's as they come in."""

    def __init__(self, task: dict[str, Any]):
        self.drill: str = task["drill"]
        self.seed: int = task["seed"]
        self.solution = Path(task["solution"])
        self.mistakes: list[dict[str, object]] = task["mistakes"]
        self.forbid = tuple(task["forbid"])
        self.probes = load_probes(Path(task["probes"]))
        self.reference_text = (self.solution / "reference.py").read_text(encoding="utf-8")
        filename = str(self.solution / "reference.py")
        namespace = load(self.reference_text.encode(), filename, f"llmprep_reference_{self.drill.replace('-', '_')}")
        self.runner = Runner(self.probes, namespace, filename, self.seed)
        self.expected: dict[RunKey, Run] = {}
        self.exact: dict[RunKey, Run] = {}
        self.actual: dict[RunKey, Run] = {}
        self.malformed = False

    def run_reference(self) -> None:
        """Every run that the candidate owes, and the float64 runs that tell the reference's own rounding."""
        for key in self.runner.keys():
            self._expect(key)
        base = {key.probe: run for key, run in self.expected.items()}
        for key in self.runner.variations(base):
            self._expect(key)
        for name, probe in self.runner.probes.items():
            if base[name].floats and not probe.random:
                doubled = RunKey(name, "float64")
                self.exact[RunKey(name, "base")] = self.expected.get(doubled) or self._run(doubled)
                if applies(probe, "gradient"):
                    self.exact[RunKey(name, "gradient")] = self._run(RunKey(name, "gradient64"))

    def read(self, frame: Message) -> None:
        """Take one frame of the worker's; a malformed one ends the candidate's chance to pass."""
        try:
            for run in unpack(frame.structure, frame.blob):
                self.actual.setdefault(run.key, run)
        except MalformedFrame:
            self.malformed = True

    def verdict(self, end: dict[str, Any]) -> dict[str, Any]:
        """The whole verdict as JSON-able data; see `verdict.Verdict`."""
        outcomes, failing = self._outcomes(end)
        passed = bool(outcomes) and all(outcome.passed for outcome in outcomes) and not self.malformed
        result: dict[str, Any] = {
            "drill": self.drill,
            "seed": self.seed,
            "passed": passed,
            "outcomes": [dataclasses.asdict(outcome) for outcome in outcomes],
            "printed": str(end.get("printed", ""))[:4000],
        }
        if passed:
            result["cost"] = self._cost(end.get("cost"))
        elif any(run.problem != "missing" for run in failing.values()):
            result["diagnosis"] = self._diagnose(failing)
            result["observations"] = self._observe(failing)
        return result

    # ------------------------------------------------------------ outcomes

    def _outcomes(self, end: dict[str, Any]) -> tuple[list[Outcome], dict[RunKey, Run]]:
        loading = self.actual.get(RunKey("load", "base"))
        if loading is not None and loading.problem is not None:
            return [self._outcome(loading.key, loading.problem, loading.detail)], {}
        stopped = end.get("stopped")
        outcomes: list[Outcome] = []
        failing: dict[RunKey, Run] = {}
        broken: set[str] = set()
        for key, expected in self.expected.items():
            actual = self.actual.get(key)
            if actual is None:
                if stopped is None and key.probe not in broken:
                    outcomes.append(self._outcome(key, "crashed", {"what": "no-result"}))
                continue
            found = difference(expected, actual, self.exact_for(key))
            outcomes.append(self._outcome(key, found.problem if found else None, found.detail if found else {}))
            if found is not None:
                failing[key] = actual
                if key.variation == "base":
                    broken.add(key.probe)
            changed = mutated(expected, actual)
            if key.variation == "base" and actual.problem is None:
                untouched = RunKey(key.probe, "untouched")
                outcomes.append(self._outcome(untouched, "mutated-input" if changed else None, {"names": changed}))
                if changed:
                    failing.setdefault(key, actual)
        if stopped is not None:
            key = RunKey(*stopped["run"])
            outcomes.append(self._outcome(key, stopped["problem"], stopped["detail"]))
        return outcomes, failing

    def _outcome(self, key: RunKey, problem: str | None, detail: dict[str, Any]) -> Outcome:
        probe = self.runner.probes.get(key.probe)
        en, zh = (probe.en, probe.zh) if probe else ("Loading the file", "读入文件")
        if problem == "signature":
            detail = {**detail, "expected": self._reference_signature(str(detail.get("name", "")))}
        return Outcome(key.probe, key.variation, en, zh, problem is None, problem, detail if problem else {})  # type: ignore[arg-type]

    def _reference_signature(self, name: str) -> str:
        import inspect

        value: Any = self.runner.namespace
        for part in name.split("."):
            value = getattr(value, part, None)
        try:
            return str(inspect.signature(value))
        except (TypeError, ValueError):
            return ""

    def exact_for(self, key: RunKey) -> Run | None:
        if key.variation in ("layout", "bfloat16"):
            return self.exact.get(RunKey(key.probe, "base"))
        return self.exact.get(key)

    # ----------------------------------------------------------- diagnosis

    def _diagnose(self, failing: dict[RunKey, Run]) -> dict[str, Any] | None:
        passing = {key: run for key, run in self.actual.items() if key in self.expected and key not in failing}
        namer = Namer(self.probes, self.seed, self.forbid, DIAGNOSIS_SECONDS)
        found = namer.name(Evidence(failing, passing), self._singles(), lambda: pairs(self.reference_text, self.mistakes))
        return dataclasses.asdict(found) if found is not None else None

    def _singles(self) -> list[WrongSolution]:
        found = []
        for mistake in self.mistakes:
            try:
                found.append(build(self.reference_text, mistake, self.solution))
            except MistakeProblem:  # reported by `content check`, which proves every one
                continue
        return found

    def _observe(self, failing: dict[RunKey, Run]) -> list[dict[str, Any]]:
        for key, actual in failing.items():
            if key.variation == "base" and actual.problem is None:
                return observe(self.expected[key].value, actual.value)
        return []

    def _cost(self, yours: Any) -> dict[str, Any]:
        own = self.runner.cost()
        if own is None or not isinstance(yours, dict) or set(yours) != set(own):
            return {}
        return {"yours": {name: int(value) for name, value in yours.items()}, "reference": own}

    # ------------------------------------------------------------- running

    def _expect(self, key: RunKey) -> None:
        self.expected[key] = self._run(key)

    def _run(self, key: RunKey) -> Run:
        run = self.runner.run(key)
        run.value = canonical(run.value)
        return run


def _clean(value: Any) -> Any:
    """The verdict without control characters: what a candidate printed or raised must not move the cursor."""
    if isinstance(value, str):
        return _CONTROL.sub("�", value)
    if isinstance(value, list | tuple):
        return [_clean(element) for element in value]
    if isinstance(value, dict):
        return {_CONTROL.sub("�", str(key)): _clean(element) for key, element in value.items()}
    return value
