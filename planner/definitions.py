"""The classes and functions of a module as the contract gate compares them."""

from __future__ import annotations

import ast

from planner.facts import Definition
from planner.source import Source
from planner.visit import dotted

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def definitions(tree: ast.Module, source: Source) -> tuple[Definition, ...]:
    """Return the classes and functions that a module defines at its top level (also below `if` and `try`)."""
    result: list[Definition] = []
    pending: list[ast.stmt] = list(tree.body)
    while pending:
        node = pending.pop(0)
        if isinstance(node, ast.ClassDef):
            result.append(_class(node, source))
        elif isinstance(node, _FUNCTIONS):
            kind = "async function" if isinstance(node, ast.AsyncFunctionDef) else "function"
            result.append(_make(node, kind, (), frozenset(), parameters(node.args, False), source))
        elif isinstance(node, (ast.If, ast.Try)):
            pending = [*node.body, *node.orelse, *pending]
    return tuple(result)


def parameters(arguments: ast.arguments, bound: bool) -> tuple[tuple[str, str, bool], ...]:
    """Return a signature as (name, kind, has a default); `bound` drops the first parameter (`self`, `cls`).

    Kinds are "positional" (positional only), "plain", "keyword" (keyword only), "*" and "**".
    """
    plain = [*arguments.posonlyargs, *arguments.args]
    first_default = len(plain) - len(arguments.defaults)
    result = [
        (item.arg, "positional" if item in arguments.posonlyargs else "plain", index >= first_default)
        for index, item in enumerate(plain)
    ]
    if bound:
        result = result[1:]
    if arguments.vararg:
        result.append((arguments.vararg.arg, "*", True))
    result += [
        (item.arg, "keyword", default is not None)
        for item, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    if arguments.kwarg:
        result.append((arguments.kwarg.arg, "**", True))
    return tuple(result)


def _class(node: ast.ClassDef, source: Source) -> Definition:
    members: set[str] = set()
    constants: set[str] = set()
    constructor: tuple[tuple[str, str, bool], ...] | None = None
    fields: list[tuple[str, str, bool]] = []
    methods: list[tuple[str, str, tuple[tuple[str, str, bool], ...]]] = []
    for statement in ast.walk(node):
        if (
            isinstance(statement, ast.Attribute)
            and isinstance(statement.ctx, ast.Store)
            and dotted(statement.value) in ("self", "cls")
        ):
            members.add(statement.attr)
    readonly: set[str] = set()
    for item in node.body:
        if isinstance(item, (*_FUNCTIONS, ast.ClassDef)):
            (readonly.add if "property" in _decorators(item) else readonly.discard)(item.name)
            members.add(item.name)
            if isinstance(item, ast.ClassDef):
                constants.add(item.name)
            if isinstance(item, _FUNCTIONS):
                methods.append(_method(item))
                if item.name in ("__init__", "__new__"):
                    constructor = parameters(item.args, True)
        elif isinstance(item, ast.Assign):
            constants.update(
                name.id
                for target in item.targets
                for name in ast.walk(target)
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
            )
        elif isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            constants.add(item.target.id)
            fields.append((item.target.id, "plain", item.value is not None))
    if constructor is None and "dataclass" in _decorators(node):
        constructor = tuple(fields)
    bases = tuple(dotted(base.value if isinstance(base, ast.Subscript) else base) for base in node.bases)
    both = frozenset(members | constants)
    known = (tuple(methods), frozenset(constants), frozenset(readonly))
    return _make(node, "class", bases, both, constructor, source, *known)


def _decorators(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    return {
        dotted(item.func if isinstance(item, ast.Call) else item).rpartition(".")[2] for item in node.decorator_list
    }


def _method(node: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[str, str, tuple[tuple[str, str, bool], ...]]:
    """Return a method's name, its kind, and the parameters that a caller gives."""
    decorators = {dotted(item).rpartition(".")[2] for item in node.decorator_list}
    if decorators & {"property", "cached_property", "setter", "getter", "deleter"}:
        return node.name, "property", ()
    static = "staticmethod" in decorators
    kind = "static method" if static else "class method" if "classmethod" in decorators else "method"
    if isinstance(node, ast.AsyncFunctionDef):
        kind = f"async {kind}"
    return node.name, kind, parameters(node.args, not static)


def _make(
    node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef,
    kind: str,
    bases: tuple[str, ...],
    members: frozenset[str],
    signature: tuple[tuple[str, str, bool], ...] | None,
    source: Source,
    methods: tuple[tuple[str, str, tuple[tuple[str, str, bool], ...]], ...] = (),
    constants: frozenset[str] = frozenset(),
    readonly: frozenset[str] = frozenset(),
) -> Definition:
    first = min([node.lineno, *(item.lineno for item in node.decorator_list)])
    return Definition(
        name=node.name,
        kind=kind,
        bases=bases,
        members=members,
        parameters=signature,
        line=node.lineno,
        start=source.starts[first - 1],
        end=source.offset(node.end_lineno or node.lineno, node.end_col_offset or 0),
        decorated=bool(node.decorator_list),
        methods=methods,
        constants=constants,
        readonly=readonly,
    )
