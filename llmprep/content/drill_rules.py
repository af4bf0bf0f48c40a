"""What no type can say of a drill and its mistakes, as far as YAML shows it (`drill_folder.py` reads on)."""

from __future__ import annotations

import keyword
from collections.abc import Iterator

from llmprep.content.items import Drill, Mistake, ModelCard
from llmprep.content.links import Finding, Links, is_unwritten, link_findings, source_findings
from llmprep.content.names import did_you_mean


def drill_findings(drill: Drill, name: str, links: Links) -> Iterator[Finding]:
    """The faults of one `drill.yaml`."""
    if len(drill.hints) != 4:
        yield Finding(
            f"it has {len(drill.hints)} hints",
            "give four: idea, formula, shape plan, almost code",
            ("hints",),
        )
    if not drill.names:
        yield Finding("it names nothing to write", "list the functions and classes in names:", ("names",))
    for position, defined in enumerate(drill.names):
        yield from _name(defined, drill, ("names", position))
    for position, call in enumerate(drill.forbid):
        parts = call.split(".")
        if parts[0] != "torch" or len(parts) < 2 or not all(part.isidentifier() for part in parts):
            mend = "write it in full, like torch.nn.functional.softmax or torch.Tensor.softmax"
            yield Finding(f"'{call}' in forbid is no name in torch", mend, ("forbid", position))
    if drill.minutes <= 0:
        yield Finding(f"it takes {drill.minutes} minutes", "say how long a candidate needs", ("minutes",))
    if drill.revision < 1:
        yield Finding(f"the revision is {drill.revision}", "count from 1", ("revision",))
    if not drill.then:
        yield Finding("no question follows it", "add then: with what an interviewer asks next", ("then",))
    families = links.names("family")
    if families and drill.topic not in families and not is_unwritten(drill.topic):
        mend = did_you_mean(drill.topic, families, "add it to drills/families.yaml")
        yield Finding(f"there is no family '{drill.topic}'", mend, ("topic",))
    yield from source_findings(drill.source, links)
    yield from link_findings("question", drill.then, "then", links)
    yield from link_findings("paper", drill.papers, "papers", links)
    yield from link_findings("drill", drill.needs, "needs", links, own=name)
    circle = _circle(name, links)
    if circle:
        yield Finding("it needs itself: " + " → ".join(circle), "break the circle", ("needs",))


def _name(defined: str, drill: Drill, at: tuple[str, int]) -> Iterator[Finding]:
    if not defined.isidentifier() or keyword.iskeyword(defined):
        yield Finding(f"'{defined}' is no name in Python", "write the function's or the class's name", at)
        return
    for language, text in (("en", drill.prompt.en), ("zh", drill.prompt.zh)):
        if defined not in text and not is_unwritten(text):
            yield Finding(
                f"the prompt does not mention '{defined}' in {language}", "say what is to be written", at
            )


def _circle(name: str, links: Links) -> list[str]:
    """The shortest way from a drill back to itself over what it needs; empty if there is none."""
    ways = [[name, needed] for needed in _needs(name, links) if needed != name]
    seen = {name}
    for way in ways:  # grows while it is read
        for needed in _needs(way[-1], links):
            if needed == name:
                return [*way, name]
            if needed not in seen:
                seen.add(needed)
                ways.append([*way, needed])
    return []


def _needs(name: str, links: Links) -> tuple[str, ...]:
    places = links.places.get(("drill", name), [])
    return places[0][1].item.needs if places else ()


def mistake_findings(mistake: Mistake, links: Links) -> Iterator[Finding]:
    """The faults of one entry of `mistakes.yaml`."""
    if bool(mistake.swap) == bool(mistake.file):
        yield Finding(
            "it has not exactly one of swap and file",
            "say how the candidate's code differs from the reference",
        )
    for old, new in mistake.swap.items():
        if old == new:
            yield Finding(f"the swap of '{old}' changes nothing", "write what the candidate wrote", ("swap",))
    if mistake.concept:
        concept = (mistake.concept,)
        for finding in link_findings("question", concept, "concept", links):
            yield finding._replace(at=("concept",))


def model_findings(model: ModelCard, links: Links) -> Iterator[Finding]:
    """The faults of one architecture card."""
    for key in (
        "layers",
        "width",
        "heads",
        "kv_heads",
        "head_width",
        "ffn_width",
        "vocabulary",
        "parameters",
    ):
        if getattr(model, key) <= 0:
            yield Finding(f"{key} is {getattr(model, key)}", "write what the model really has", (key,))
    if model.kv_heads > 0 and model.heads % model.kv_heads:
        mend = "every K/V head serves as many query heads"
        yield Finding(f"{model.heads} heads cannot share {model.kv_heads} kv_heads", mend, ("kv_heads",))
    yield from source_findings(model.source, links)
