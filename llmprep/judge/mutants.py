"""Systematic one-edit mutants of a reference, made from its syntax tree.

Each is what a slip of the finger or of the mind would leave behind: another operator, another constant, a
dropped statement, swapped arguments. A mutant that no probe notices is a hole in the hidden tests, unless it
computes the same.
"""

from __future__ import annotations

import ast
import copy
import difflib
from collections.abc import Iterator
from dataclasses import dataclass

_BINARY: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
_COMPARISON: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_NAMES = {
    "sin": "cos", "cos": "sin", "mean": "sum", "sum": "mean", "max": "min", "min": "max", "amax": "amin",
    "tril": "triu", "triu": "tril", "ones": "zeros", "zeros": "ones", "ones_like": "zeros_like",
    "zeros_like": "ones_like", "rsqrt": "sqrt", "sqrt": "square", "exp": "expm1", "log": "log1p",
    "relu": "abs", "silu": "sigmoid", "cumsum": "cumprod", "argmax": "argmin", "all": "any", "any": "all",
    "float": "double", "repeat_interleave": "repeat", "unsqueeze": "squeeze", "var": "std", "square": "abs",
}  # fmt: skip
_REMOVABLE = ("detach", "clone", "contiguous", "float", "to", "type_as", "exp", "sqrt", "rsqrt", "square")


@dataclass(frozen=True)
class Mutant:
    """One mutant: its source, and the line it changes as `old → new`."""

    label: str
    source: str


def mutants(reference: str) -> list[Mutant]:
    """All mutants of a reference that compile and differ in text, each once, in the order of the source."""
    tree = ast.parse(reference)
    _drop_docstrings(tree)
    original = ast.unparse(tree)
    found: dict[str, Mutant] = {}
    for path in list(_nodes(tree)):
        for node in _edits(_at(tree, path)):
            changed = copy.deepcopy(tree)
            _replace(changed, path, copy.deepcopy(node))
            ast.fix_missing_locations(changed)
            try:
                source = ast.unparse(changed)
                compile(source, "<mutant>", "exec")
            except (SyntaxError, ValueError, TypeError):
                continue
            if source != original and source not in found:
                found[source] = Mutant(_label(original, source), source)
    return list(found.values())


# ------------------------------------------------------------- tree paths

Path = tuple[tuple[str, int | None], ...]


def _nodes(tree: ast.AST, path: Path = ()) -> Iterator[Path]:
    """Paths to every node that means something: no annotations, imports or docstrings."""
    for field, value in ast.iter_fields(tree):
        if field in ("annotation", "returns", "decorator_list", "ctx"):
            continue
        if isinstance(value, list):
            for index, child in enumerate(value):
                if isinstance(child, ast.AST) and not isinstance(child, ast.Import | ast.ImportFrom):
                    yield (*path, (field, index))
                    yield from _nodes(child, (*path, (field, index)))
        elif isinstance(value, ast.AST):
            yield (*path, (field, None))
            yield from _nodes(value, (*path, (field, None)))


def _at(tree: ast.AST, path: Path) -> ast.AST:
    node = tree
    for field, index in path:
        value = getattr(node, field)
        node = value if index is None else value[index]
    return node


def _replace(tree: ast.AST, path: Path, node: ast.AST) -> None:
    parent = _at(tree, path[:-1])
    field, index = path[-1]
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node


# ------------------------------------------------------------------ edits


def _edits(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of `node`."""
    match node:
        case ast.BinOp():
            yield from _binary(node)
        case ast.Compare(ops=[operator]):
            for other in _COMPARISON.get(type(operator), ()):
                yield _with(node, ops=[other()])
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as value)):
            yield from map(_number, sorted({-value + 1, -value - 1, 0, value} - {-value}))
        case ast.UnaryOp(op=ast.Invert() | ast.Not() | ast.USub()):
            yield node.operand
        case ast.Constant():
            yield from _constant(node.value)
        case ast.Call():
            yield from _call(node)
        case ast.Attribute(attr=name) if name in _NAMES:
            yield _with(node, attr=_NAMES[name])
        case ast.BoolOp():
            yield from node.values
        case ast.If() | ast.IfExp():
            yield _with(node, test=ast.Constant(True))
            yield _with(node, test=ast.Constant(False))
        case ast.Slice():
            yield from _slice(node)
        case ast.Assign() | ast.AugAssign() | ast.Expr() | ast.AnnAssign():
            yield ast.Pass()
        case ast.Tuple(elts=[first, second]) if not isinstance(getattr(first, "ctx", None), ast.Store):
            yield _with(node, elts=[second, first])


def _binary(node: ast.BinOp) -> Iterator[ast.AST]:
    for other in _BINARY.get(type(node.op), ()):
        yield _with(node, op=other())
    yield node.left
    yield node.right
    if isinstance(node.op, ast.Sub | ast.Div | ast.MatMult | ast.Pow):
        yield _with(node, left=node.right, right=node.left)


def _constant(value: object) -> Iterator[ast.AST]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield from map(_number, sorted({value + 1, value - 1, 0, -value} - {value}))
    elif isinstance(value, float):
        yield from map(_number, sorted({value * 2, value / 2, 0.0, -value} - {value}))


def _call(node: ast.Call) -> Iterator[ast.AST]:
    for keyword in node.keywords:
        yield _with(node, keywords=[other for other in node.keywords if other is not keyword])
    for index in range(len(node.args) - 1):
        yield _with(node, args=_swapped(node.args, index))
    if len(node.args) > 1:
        yield _with(node, args=node.args[:-1])
    if isinstance(node.func, ast.Attribute) and node.func.attr in _REMOVABLE:
        yield node.func.value
    if len(node.args) == 1 and not node.keywords:
        yield node.args[0]


def _slice(node: ast.Slice) -> Iterator[ast.AST]:
    for field in ("lower", "upper", "step"):
        if getattr(node, field) is not None:
            yield _with(node, **{field: None})
    for field in ("lower", "upper"):
        bound = getattr(node, field)
        if bound is not None:
            yield _with(node, **{field: ast.BinOp(bound, ast.Add(), ast.Constant(1))})


def _swapped(elements: list[ast.expr], index: int) -> list[ast.expr]:
    out = list(elements)
    out[index], out[index + 1] = out[index + 1], out[index]
    return out


def _number(value: float) -> ast.expr:
    if value < 0:
        return ast.UnaryOp(ast.USub(), ast.Constant(-value))
    return ast.Constant(value)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _drop_docstrings(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]


def _label(original: str, changed: str) -> str:
    removed, added = [], []
    for line in difflib.ndiff(original.splitlines(), changed.splitlines()):
        if line.startswith("- "):
            removed.append(line[2:].strip())
        elif line.startswith("+ "):
            added.append(line[2:].strip())
    return f"{' / '.join(removed)} → {' / '.join(added)}"
