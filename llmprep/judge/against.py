"""Puts a learner's file beside a library's implementation, place by place.

`python -m llmprep.judge.against FILE AGAINST` prints one JSON line per place. It runs with the learner's own
rights in a process of its own: it is for looking, never for judging, and a library reads files of its own.
"""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from llmprep.judge.candidate import describe_exception, load

TOLERANCE = 1e-5


@dataclass(frozen=True)
class Place:
    """One output of both implementations.

    Attributes:
        error: the largest difference, in units of the library's largest value where that is above 1; None
            where shapes differ or a value is not finite on one side alone.
    """

    name: str
    ours: list[int]
    theirs: list[int]
    error: float | None

    @property
    def equal(self) -> bool:
        """Whether the two agree to five digits."""
        return self.error is not None and self.error <= TOLERANCE


def places(against: types.ModuleType, implementation: types.ModuleType, seed: int) -> Iterator[Place]:
    """Every place that `against.pairs` yields, compared.

    Raises:
        Exception: what the library or the implementation raises.
    """
    with torch.no_grad():
        for name, ours, theirs in against.pairs(implementation, seed):
            yield Place(str(name), list(ours.shape), list(theirs.shape), _error(ours, theirs))


def _error(ours: Tensor, theirs: Tensor) -> float | None:
    if ours.shape != theirs.shape:
        return None
    if ours.numel() == 0:
        return 0.0
    mine, other = ours.detach().double(), theirs.detach().double()
    if not torch.equal(mine.isfinite(), other.isfinite()):
        return None
    mine, other = (tensor.nan_to_num(0.0, 0.0, 0.0) for tensor in (mine, other))
    return float((mine - other).abs().max() / other.abs().max().clamp(min=1.0))


def library_of(counterpart: str) -> str:
    """The package that a counterpart's dotted name begins with."""
    return counterpart.partition(".")[0]


def main(file: Path, against_file: Path, seed: int) -> None:
    """Print what `practice.against` reads: first the counterpart, then places, or what went wrong."""
    against = load(against_file.read_bytes(), str(against_file), "llmprep_against")
    library = library_of(against.COUNTERPART)
    try:
        version = metadata.version(library.replace("_", "-"))
    except metadata.PackageNotFoundError:
        return _say({"missing": library.replace("_", "-")})
    _say({"counterpart": against.COUNTERPART, "version": version})
    try:
        implementation = load(file.read_bytes(), str(file), "llmprep_implementation")
        for place in places(against, implementation, seed):
            _say({"place": asdict(place), "equal": place.equal})
    except Exception as error:
        _say({"failed": describe_exception(error, str(file))})


def _say(line: dict[str, Any]) -> None:
    sys.__stdout__.write(json.dumps(line) + "\n")  # type: ignore[union-attr]


if __name__ == "__main__":
    torch.set_num_threads(1)
    sys.stdout = sys.stderr  # what the learner's file prints does not belong here
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
