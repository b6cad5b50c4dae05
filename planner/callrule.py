"""`engine.call`: how the construction of an engine becomes the construction of its replacement.

A rule has two sides in Python's own syntax: `from`, the parameters of the legacy constructor, and `to`, an expression
in which the parameters' names stand for the arguments. One rule serves twice: it rewrites call sites, and it is the
body of the adapter shim.
"""

from __future__ import annotations

import ast

from msgspec import Struct


class CallRuleError(ValueError):
    """The rule cannot be understood; `key` is "from" or "to"."""

    def __init__(self, what: str, key: str) -> None:
        super().__init__(what)
        self.key = key


class Parameter(Struct, frozen=True):
    """One parameter of the legacy constructor; `default` is its source text, "" where it has none."""

    name: str
    default: str = ""
    positional: bool = True
    keyword: bool = True


class CallRule(Struct, frozen=True):
    """A checked rule. `root` is the first name of the callee (the replacement), `awaited` whether it is awaited.

    `uses` are the parameters in the order in which the `to` expression evaluates them, each with the half-open span
    (in characters of `expression`) at which its name stands.
    """

    signature: str
    expression: str
    root: str
    parameters: tuple[Parameter, ...]
    uses: tuple[tuple[str, int, int], ...]
    awaited: bool = False


def parse_rule(signature: str, expression: str) -> CallRule:
    """Return the rule for the two sides of an `[engine.call]` table; raises CallRuleError.

    Refused are `*args` and `**kwargs` on either side, a parameter that the expression names twice (it would be
    evaluated twice), and an expression that is no call.
    """
    parameters = _parameters(signature)
    tree = _expression(expression)
    names = {parameter.name for parameter in parameters}
    call = tree.value if isinstance(tree, ast.Await) else tree
    if not isinstance(call, ast.Call):
        raise CallRuleError("the expression must be a call", "to")
    callee = call.func
    while isinstance(callee, ast.Attribute):
        callee = callee.value
    if not isinstance(callee, ast.Name) or callee.id in names:
        raise CallRuleError("the expression must call the replacement by its name", "to")
    uses = sorted(
        (node.id, node.col_offset, node.end_col_offset or 0)
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id in names
    )
    if any(isinstance(node, (ast.Lambda, ast.NamedExpr, ast.Starred, ast.Yield)) for node in ast.walk(tree)) or any(
        item.arg is None for node in ast.walk(tree) if isinstance(node, ast.Call) for item in node.keywords
    ):
        raise CallRuleError("the expression must not unpack, assign, yield or define", "to")
    if len({name for name, _, _ in uses}) != len(uses):
        raise CallRuleError("a parameter stands twice in the expression, so it would be evaluated twice", "to")
    return CallRule(
        signature=signature,
        expression=expression,
        root=callee.id,
        parameters=parameters,
        uses=tuple(sorted(uses, key=lambda use: use[1])),
        awaited=isinstance(tree, ast.Await),
    )


def _expression(expression: str) -> ast.expr:
    if "\n" in expression or not expression.isascii():
        raise CallRuleError("the expression must be one line of ASCII", "to")
    try:
        return ast.parse(expression, mode="eval").body
    except (SyntaxError, ValueError, RecursionError):
        raise CallRuleError(f"{expression[:80]!r} is no expression", "to") from None


def _parameters(signature: str) -> tuple[Parameter, ...]:
    if not signature.startswith("(") or not signature.endswith(")"):
        raise CallRuleError("the parameters must stand in parentheses", "from")
    try:
        function = ast.parse(f"def f{signature}: pass").body[0]
    except (SyntaxError, ValueError, RecursionError):
        raise CallRuleError(f"{signature[:80]!r} is no parameter list", "from") from None
    assert isinstance(function, ast.FunctionDef)  # noqa: S101 - what `def` parses to
    arguments = function.args
    if arguments.vararg or arguments.kwarg:
        raise CallRuleError("the parameters must not unpack", "from")
    plain = [*arguments.posonlyargs, *arguments.args]
    named = [item.arg for item in (*plain, *arguments.kwonlyargs)]
    if len(set(named)) != len(named):
        raise CallRuleError("a parameter stands twice in the parameter list", "from")
    defaults: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults))
    defaults += arguments.defaults
    return tuple(
        [
            Parameter(item.arg, ast.unparse(default) if default else "", True, item not in arguments.posonlyargs)
            for item, default in zip(plain, defaults, strict=True)
        ]
        + [
            Parameter(item.arg, ast.unparse(default) if default else "", False, True)
            for item, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        ]
    )
