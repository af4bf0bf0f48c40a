"""What no type can say of the tree: dates, and links that lead to earlier models."""

from __future__ import annotations

import re
from collections.abc import Iterator

from llmprep.content.lineage import Node
from llmprep.content.links import Finding, Links, link_findings, source_findings

_WHEN = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2]))?")


def node_findings(node: Node, links: Links) -> Iterator[Finding]:
    """The faults of one model of the tree."""
    if not _WHEN.fullmatch(node.when):
        yield Finding(f"when is '{node.when}'", "write the year and month, '2020-05', or the year", ("when",))
        return
    yield from link_findings("node", node.after, "after", links, own=node.id)
    for name in node.after:
        for _, entry in links.places.get(("node", name), []):
            if entry.item.year > node.year:
                message = f"it comes after '{name}', which is later ({entry.item.when})"
                yield Finding(message, "correct a date or the link", ("after",))
    if node.after and (node.inherited is None or node.changed is None):
        mend = "write inherited and changed, one sentence each"
        yield Finding("it does not say what it took over and what it changed", mend)
    if node.paper is not None:
        yield from link_findings("paper", (node.paper,), "paper", links)
    if node.model is not None:
        yield from link_findings("model", (node.model,), "model", links)
    yield from source_findings(node.source, links)
