"""What the shell completes: names of topics, drills, papers and models, from the catalogue."""

from __future__ import annotations

from collections.abc import Callable

Completer = Callable[[str], list[str]]


def names_of(*kinds: str) -> Completer:
    """A completer for the names of some kinds of content; silent when the content cannot be read."""

    def complete(incomplete: str) -> list[str]:
        from llmprep.content.catalogue import Catalogue

        try:
            catalogue = Catalogue.open()
            found = {name for kind in kinds for name in catalogue.ordered_ids(kind)}
        except Exception:
            return []  # a shell that is completing has no place for an error
        return sorted(name for name in found if name.startswith(incomplete.lower()))

    return complete
