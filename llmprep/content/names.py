"""Ids and names: how an id is written, what another spelling of it means, which one was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""An id, as `fullmatch` sees it."""


def spelling(name: str) -> str:
    """`RMS_Norm ` and `rms norm` are both `rms-norm`."""
    return "-".join(name.strip().lower().replace("_", " ").replace("-", " ").split())


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that was probably meant."""
    import difflib

    close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.7)
    return close[0] if close else None


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """The mend for an unknown name: the nearest known one, or `otherwise`."""
    close = nearest(name, known)
    return f"did you mean '{close}'?" if close else otherwise
