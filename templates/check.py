"""Look at a rendered text as Python does: it must parse, and hold only what shims and notices hold.

This is the second line of defence behind the values' own checks (templates.shim): whatever a value contained, no
statement can stand in a shim which is not one of those below.
"""

from __future__ import annotations

import ast
import warnings

from templates.shim import Shim, ShimError, rule_expression

_OWN_IMPORTS = {
    "import importlib as _importlib",
    "import sys as _sys",
    "import warnings as _warnings",
    "from typing import TYPE_CHECKING",
}
_OWN_FUNCTIONS = {"_load", "__getattr__", "__dir__"}


def check_shim(text: str, shim: Shim) -> None:
    """Raise ShimError unless the text is a module that holds a shim's statements, with the literals of `shim`."""
    docstring, *body = _parse(text, shim.module).body
    if not _is_text(docstring):
        raise ShimError(f"the shim of {shim.module} begins with no docstring")
    literals: dict[str, object] = {}
    branches: list[ast.If] = []
    for statement in body:
        match statement:
            case ast.Import() | ast.ImportFrom() if ast.unparse(statement) in _OWN_IMPORTS:
                pass
            case ast.Assign(targets=[ast.Name(id="__all__" | "_MOVED" as name)]):
                literals[name] = ast.literal_eval(statement.value)
            case ast.ClassDef(name="ConsolidateDeprecationWarning", body=[only]) if _is_text(only):
                pass
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                branches.append(statement)
            case _:
                raise ShimError(f"the shim of {shim.module} holds {ast.unparse(statement)[:80]!r}")
    if literals != {"__all__": list(shim.all_names), "_MOVED": shim.moved} or len(branches) != 1:
        raise ShimError(f"the shim of {shim.module} does not hold the names that it should")
    _check_hints(branches[0].body, shim)
    _check_runtime(branches[0].orelse, shim)


def check_notice(text: str) -> None:
    """Raise ShimError unless the text is one notice of deprecation: a class, a function, its call and its removal."""
    match _parse(text, "a notice").body:
        case [
            ast.ClassDef(name="_ConsolidateDeprecationWarning", body=[only]),
            ast.FunctionDef(name="_consolidate_notice", decorator_list=[]),
            ast.Expr(value=ast.Call(func=ast.Name(id="_consolidate_notice"), args=[], keywords=[])),
            ast.Delete(targets=[ast.Name(id="_consolidate_notice")]),
        ] if _is_text(only):
            return
    raise ShimError("the notice of deprecation holds a statement that no notice has")


def _check_hints(body: list[ast.stmt], shim: Shim) -> None:
    """Type checkers may only see imports, plain aliases and signatures without a body."""
    for statement in body:
        match statement:
            case ast.Import() | ast.ImportFrom() | ast.Pass():
                continue
            case ast.Assign(targets=[ast.Name()], value=ast.Name() | ast.Attribute()):
                continue
            case (
                ast.FunctionDef(decorator_list=[], body=[ast.Expr(value=ast.Constant(value=value))])
                | ast.AsyncFunctionDef(decorator_list=[], body=[ast.Expr(value=ast.Constant(value=value))])
            ) if value is ...:
                continue
        raise ShimError(f"the shim of {shim.module} shows type checkers {ast.unparse(statement)[:80]!r}")


def _check_runtime(body: list[ast.stmt], shim: Shim) -> None:
    rules = {f"_adapt_{item.name}": item.adapter for item in shim.adapted if item.adapter}
    for statement in body:
        match statement:
            case ast.FunctionDef(decorator_list=[], name=name) if name in _OWN_FUNCTIONS:
                continue
            case ast.FunctionDef(decorator_list=[], name=name) | ast.AsyncFunctionDef(decorator_list=[], name=name) if (
                name in rules
            ):
                match statement.body:
                    case [ast.Assign(targets=[ast.Name()], value=ast.Call()), ast.Return(value=ast.expr() as value)]:
                        if ast.dump(value) == ast.dump(rule_expression(rules[name])):
                            continue
            case ast.ImportFrom() if rules and ast.unparse(statement) == "from typing import Protocol as _Protocol":
                continue
            case ast.ClassDef(name="_Adapter", bases=[base], keywords=[], decorator_list=[]) if rules:
                if ast.unparse(base) == "type(_Protocol)":
                    continue
            case ast.Assign(targets=[ast.Name(id="_ADAPTERS")], value=ast.Dict()) if rules:
                continue
            case ast.Assign(targets=[ast.Attribute(attr="__name__"), ast.Attribute(attr="__qualname__")]) if rules:
                continue
        raise ShimError(f"the shim of {shim.module} runs {ast.unparse(statement)[:80]!r}")


def _is_text(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Constant(value=str())):
            return True
    return False


def _parse(text: str, what: str) -> ast.Module:
    """Return the tree of a text that compiles too (a doubled parameter, say, parses but does not)."""
    try:
        text.encode()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = ast.parse(text)
            compile(text, "<shim>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ShimError(f"the text made for {what} is no Python: {error}") from None
    return tree
