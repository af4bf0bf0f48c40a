"""The arithmetic of computed questions: evaluates `kv_cache_bytes(model, tokens, 1, 2) / GiB`, no more.

An expression has numbers, names, `+ - * / // % **`, and calls of the functions registered here. It is
parsed with `ast` and walked, never compiled, so content can compute and cannot do anything else.
"""

from __future__ import annotations

import ast
import inspect
import math
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from llmprep.calc.adapters import lora_parameters
from llmprep.calc.communication import (
    all_reduce_bytes,
    data_parallel_bytes,
    expert_parallel_bytes,
    gather_bytes,
    pipeline_bubble,
    pipeline_parallel_bytes,
    tensor_parallel_bytes,
)
from llmprep.calc.compute import (
    chinchilla_parameters,
    chinchilla_tokens,
    decode_flops,
    prefill_flops,
    training_cost,
    training_days,
    training_flops,
)
from llmprep.calc.memory import attention_score_bytes, kv_cache_bytes, window_cache_bytes
from llmprep.calc.parameters import (
    active_parameters,
    attention_parameters,
    block_parameters,
    embedding_parameters,
    ffn_parameters,
    parameters,
)
from llmprep.calc.roofline import (
    attainable_flops,
    decode_bytes,
    decode_tokens_per_second,
    matmul_intensity,
    ridge_intensity,
)
from llmprep.calc.training import activation_bytes, state_bytes
from llmprep.calc.units import CONSTANTS
from llmprep.content.items import ModelCard

LONGEST_EXPRESSION = 500
LARGEST_EXPONENT = 64


class ExpressionProblem(Exception):  # noqa: N818 - content has problems; the program has errors
    """An expression that cannot be evaluated.

    Attributes:
        message: what is wrong.
        mend: how to mend it.
        expression: the expression on one line, without surrounding spaces.
        position: index into `expression` where the fault begins.
    """

    def __init__(self, message: str, mend: str, expression: str, position: int):
        end = "" if mend.endswith("?") else "."
        super().__init__(f"{message} (character {position + 1} of '{expression}'); {mend}{end}")
        self.message, self.mend = message, mend
        self.expression, self.position = expression, position


def evaluate(expression: str, values: Mapping[str, float | str], models: Mapping[str, ModelCard]) -> float:
    """The value of `expression`.

    Args:
        values: the drawn value of each varied name; a string is the id of a model.
        models: the cards that such ids stand for.

    Raises:
        ExpressionProblem: it is no such expression, names something unknown, or has no finite value.
    """
    source, root = _parse(expression)
    return _Evaluation(source, values, models).result(root)


def names_used(expression: str) -> frozenset[str]:
    """The names that `expression` expects to be varied: all but those of functions and constants.

    Raises:
        ExpressionProblem: it cannot be parsed.
    """
    _, root = _parse(expression)
    called = {id(node.func) for node in ast.walk(root) if isinstance(node, ast.Call)}
    names = {node.id for node in ast.walk(root) if isinstance(node, ast.Name) and id(node) not in called}
    return frozenset(names - FUNCTIONS.keys() - CONSTANTS.keys())


def asked_unit(expression: str) -> str | None:
    """The unit that the value of `expression` is in, to be handed to `parse_quantity`.

    `GiB` for `… / GiB` or `… / 1024**3`, `B` for `… / 1e9`, `%` for `… * 100`, None for a plain number.

    Raises:
        ExpressionProblem: it cannot be parsed.
    """
    source, root = _parse(expression)
    constants = _Evaluation(source, {}, {})
    match root:
        case ast.BinOp(op=ast.Div(), right=divisor):
            value = constants.value_if_constant(divisor)
            return next((unit for unit, size in CONSTANTS.items() if size == value), None)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return "%" if 100 in map(constants.value_if_constant, (left, right)) else None
    return None


# ---------------------------------------------------------------- the language


def _log(x: float, base: float = math.e) -> float:
    return math.log(x, base)


def _sqrt(x: float) -> float:
    return math.sqrt(x)


def _exp(x: float) -> float:
    return math.exp(x)


def _ceil(x: float) -> float:
    return math.ceil(x)


def _min(first: float, *others: float) -> float:
    return min((first, *others))


def _max(first: float, *others: float) -> float:
    return max((first, *others))


FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "parameters": parameters,
    "active_parameters": active_parameters,
    "block_parameters": block_parameters,
    "attention_parameters": attention_parameters,
    "ffn_parameters": ffn_parameters,
    "embedding_parameters": embedding_parameters,
    "kv_cache_bytes": kv_cache_bytes,
    "window_cache_bytes": window_cache_bytes,
    "attention_score_bytes": attention_score_bytes,
    "training_flops": training_flops,
    "chinchilla_tokens": chinchilla_tokens,
    "chinchilla_parameters": chinchilla_parameters,
    "training_days": training_days,
    "training_cost": training_cost,
    "prefill_flops": prefill_flops,
    "decode_flops": decode_flops,
    "state_bytes": state_bytes,
    "activation_bytes": activation_bytes,
    "all_reduce_bytes": all_reduce_bytes,
    "gather_bytes": gather_bytes,
    "data_parallel_bytes": data_parallel_bytes,
    "tensor_parallel_bytes": tensor_parallel_bytes,
    "pipeline_parallel_bytes": pipeline_parallel_bytes,
    "pipeline_bubble": pipeline_bubble,
    "expert_parallel_bytes": expert_parallel_bytes,
    "matmul_intensity": matmul_intensity,
    "ridge_intensity": ridge_intensity,
    "attainable_flops": attainable_flops,
    "decode_bytes": decode_bytes,
    "decode_tokens_per_second": decode_tokens_per_second,
    "lora_parameters": lora_parameters,
    "sqrt": _sqrt,
    "log": _log,
    "exp": _exp,
    "min": _min,
    "max": _max,
    "ceil": _ceil,
}
"""What expressions may call; a parameter called `model` takes a model, every other one a number."""

_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}


# ---------------------------------------------------------------- parsing


def _parse(expression: str) -> tuple[str, ast.expr]:
    source = " ".join(expression.split())
    if not source:
        raise ExpressionProblem("the expression is empty", "write what is to be computed", source, 0)
    if len(source) > LONGEST_EXPRESSION:
        message = f"the expression has {len(source)} characters"
        raise ExpressionProblem(message, f"keep it to {LONGEST_EXPRESSION}", source, LONGEST_EXPRESSION)
    try:
        return source, ast.parse(source, mode="eval").body
    except SyntaxError as error:
        position = max((error.offset or 1) - 1, 0)
        mend = "check operators, commas and brackets there"
        raise ExpressionProblem(f"not an expression: {error.msg}", mend, source, position) from None
    except (ValueError, RecursionError, MemoryError):
        mend = "use numbers, names, operators and calls of functions"
        raise ExpressionProblem("not an expression", mend, source, 0) from None


# ---------------------------------------------------------------- evaluating


@dataclass(frozen=True)
class _Evaluation:
    """One evaluation; all numbers are floats, so that no power can grow without bound."""

    source: str
    values: Mapping[str, float | str]
    models: Mapping[str, ModelCard]

    def result(self, root: ast.expr) -> float:
        for name in self.values:
            if name in FUNCTIONS or name in CONSTANTS:
                kind = "function" if name in FUNCTIONS else "constant"
                raise self._problem(
                    root, f"the varied name '{name}' is also the name of a {kind}", "rename it"
                )
        try:
            number = self._number(root)
        except RecursionError:
            raise self._problem(root, "the expression is nested too deeply", "simplify it") from None
        if not math.isfinite(number):
            raise self._problem(root, "the result is not a finite number", "check the numbers")
        return number

    def value_if_constant(self, node: ast.expr) -> float | None:
        try:
            return self.result(node)
        except ExpressionProblem:
            return None

    def _number(self, node: ast.expr) -> float:
        value = self._value(node)
        if isinstance(value, ModelCard):
            name = ast.unparse(node)
            raise self._problem(
                node, f"'{name}' is a model, not a number", f"call a function: parameters({name})"
            )
        return value

    def _value(self, node: ast.expr) -> float | ModelCard:
        match node:
            case ast.Constant(value=bool() | complex()):
                pass
            case ast.Constant(value=int() | float() as number):
                return self._guarded(node, lambda: float(number))
            case ast.Name(id=name):
                return self._named(node, name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self._number(operand)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self._number(operand)
            case ast.BinOp() if type(node.op) in _OPERATORS:
                return self._operation(node)
            case ast.Call(func=ast.Name(id=name)):
                return self._call(node, name)
        mend = "use numbers, names, + - * / // % ** and calls of functions"
        raise self._problem(node, f"'{ast.unparse(node)}' is not allowed in an expression", mend)

    def _named(self, node: ast.expr, name: str) -> float | ModelCard:
        if name in CONSTANTS:
            return CONSTANTS[name]
        if name in FUNCTIONS:
            raise self._problem(node, f"'{name}' is a function", f"call it: {_usage(name)}")
        if name not in self.values:
            mend = _suggestion(name, [*self.values, *CONSTANTS], "add it to vary or correct it")
            raise self._problem(node, f"'{name}' is not known", mend)
        value = self.values[name]
        if not isinstance(value, str):
            return float(value)
        if value not in self.models:
            mend = _suggestion(value, self.models, "use the id of a card in models/")
            raise self._problem(node, f"'{name}' is '{value}', which is no model", mend)
        return self.models[value]

    def _operation(self, node: ast.BinOp) -> float:
        left, right = self._number(node.left), self._number(node.right)
        if isinstance(node.op, ast.Pow):
            if abs(right) > LARGEST_EXPONENT:
                mend = f"keep it within ±{LARGEST_EXPONENT}"
                raise self._problem(node.right, f"the exponent {right:g} is too large", mend)
            if left < 0 and not right.is_integer():
                raise self._problem(
                    node, "a negative number has no such power", "check the sign or use brackets"
                )
        return self._guarded(node, lambda: _OPERATORS[type(node.op)](left, right))

    def _call(self, node: ast.Call, name: str) -> float:
        if name not in FUNCTIONS:
            mend = _suggestion(name, FUNCTIONS, f"the functions are {', '.join(sorted(FUNCTIONS))}")
            raise self._problem(node, f"there is no function '{name}'", mend)
        arguments = self._arguments(node, name)
        return self._guarded(node, lambda: float(FUNCTIONS[name](*arguments)))

    def _arguments(self, node: ast.Call, name: str) -> list[float | ModelCard]:
        keywords: dict[str, ast.expr] = {}
        for keyword in node.keywords:
            if keyword.arg is None or keyword.arg in keywords:
                raise self._problem(
                    keyword.value, f"the arguments of '{name}' are not clear", f"write {_usage(name)}"
                )
            keywords[keyword.arg] = keyword.value
        try:
            bound = _signature(name).bind(*node.args, **keywords)
        except TypeError as error:
            message = f"'{name}' cannot be called like this: {error}"
            raise self._problem(node, message, f"write {_usage(name)}") from None
        model = bound.arguments.get("model")
        return [self._argument(argument, name, takes_model=argument is model) for argument in bound.args]

    def _argument(self, node: ast.expr, function: str, *, takes_model: bool) -> float | ModelCard:
        if not takes_model:
            return self._number(node)
        value = self._value(node)
        if not isinstance(value, ModelCard):
            message = f"'{ast.unparse(node)}' is a number where '{function}' takes a model"
            raise self._problem(node, message, f"write {_usage(function)}")
        return value

    def _guarded(self, node: ast.expr, compute: Callable[[], float]) -> float:
        try:
            return compute()
        except ZeroDivisionError:
            raise self._problem(node, "division by zero", "check the divisor") from None
        except OverflowError:
            raise self._problem(node, "the number is too large", "check the powers") from None
        except ValueError as error:
            raise self._problem(node, str(error), f"check '{ast.unparse(node)}'") from None

    def _problem(self, node: ast.expr, message: str, mend: str) -> ExpressionProblem:
        position = len(self.source.encode()[: node.col_offset].decode())
        return ExpressionProblem(message, mend, self.source, position)


def _suggestion(name: str, known: Iterable[str], otherwise: str) -> str:
    import difflib

    close = difflib.get_close_matches(name, sorted(known), n=1)
    return f"did you mean '{close[0]}'?" if close else otherwise


def _usage(function: str) -> str:
    names = [
        "…" if parameter.kind is parameter.VAR_POSITIONAL else parameter.name
        for parameter in _signature(function).parameters.values()
    ]
    return f"{function}({', '.join(names)})"


@cache
def _signature(function: str) -> inspect.Signature:
    return inspect.signature(FUNCTIONS[function])
