"""The evolutionary tree in the terminal: years down, branches across; or one model with its descent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from llmprep.content.items import Node
from llmprep.content.lineage import BRANCHES
from llmprep.practice.lineage import ancestors, descendants
from llmprep.ui.blocks import prose
from llmprep.ui.terminal import Terminal


def show_tree(nodes: Sequence[Node], terminal: Terminal) -> None:
    """Models by year and branch: filled marks have open weights."""
    branches = [branch for branch in BRANCHES if any(node.branch == branch for node in nodes)]
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=True)
    table.add_column("", style="faint")
    for branch in branches:
        wide = 2 if branch == "decoder-only" else 1
        table.add_column(terminal.say(f"tree.{branch}"), ratio=wide, overflow="fold")
    for year, found in groupby(nodes, key=lambda node: node.year):
        of_year = list(found)
        cells = [_names([node for node in of_year if node.branch == branch], terminal) for branch in branches]
        table.add_row(str(year), *map(prose, cells))
    terminal.print(table)
    terminal.line("tree.legend", style="faint", open=_mark(True, terminal), closed=_mark(False, terminal))


def show_node(node: Node, tree: Mapping[str, Node], terminal: Terminal) -> None:
    """What one model took over, what it changed, and what came of it."""
    language = terminal.language
    terminal.rule(node.name)
    weights = terminal.say("tree.open" if node.open else "tree.closed")
    terminal.print(prose(f"{node.when} · {node.by} · {terminal.say(f'tree.{node.branch}')} · {weights}"))
    line = ancestors(tree, node.id)
    if line:
        terminal.print(prose(" ← ".join([node.name, *(f"{found.name} ({found.year})" for found in line)])))
    others = [tree[name].name for name in node.after[1:] if name in tree]
    if others:
        terminal.line("tree.also-from", names=" · ".join(others))
    for key, text in (("tree.inherited", node.inherited), ("tree.changed", node.changed)):
        if text is not None:
            terminal.print("", Line(terminal.say(key), style="title"))
            terminal.print(Padding(prose(text[language]), (0, 0, 0, 2), expand=False))
    later = descendants(tree, node.id)
    if later:
        terminal.print("", Line(terminal.say("tree.led-to"), style="title"))
        names = " · ".join(f"{found.name} ({found.year})" for found in later)
        terminal.print(Padding(prose(names), (0, 0, 0, 2), expand=False))
    terminal.print("")
    commands = [f"llmprep explain {node.paper}"] * bool(node.paper)
    commands += [f"llmprep compare {node.model}"] * bool(node.model)
    if commands:
        terminal.line("tree.more", commands=" · ".join(commands))
    terminal.line("quiz.source", style="faint", source=node.source)


def _names(nodes: Sequence[Node], terminal: Terminal) -> str:
    return "  ".join(f"{_mark(node.open, terminal)} {node.name}".replace(" ", "\u00a0") for node in nodes)


def _mark(is_open: bool, terminal: Terminal) -> str:
    if terminal.console.options.ascii_only:
        return "*" if is_open else "o"
    return "●" if is_open else "○"
