"""Nodes that make a scope: what is evaluated outside of it, and what inside."""

from __future__ import annotations

import ast
from typing import Any, Final

from consolidate.proof.bindings import Chain, Where
from consolidate.proof.scopes import child_fields
from consolidate.proof.walk import Handler, Mode, Walk, differs


def _function(walk: Walk, old: ast.AST, new: ast.AST, where: Where, mode: Mode) -> None:
    if old.__class__ is not new.__class__:
        raise differs(old, new, where)
    outer = _type_parameters(walk, old, new, where)
    inner = walk.enter(walk.old.scopes[old], walk.new.scopes[new], where)
    if isinstance(old, ast.Lambda):
        _arguments(walk, old, new, where, outer)
        walk.fields(("body",), old, new, inner)
        return
    walk.fields(("name", "decorator_list"), old, new, where)
    _arguments(walk, old, new, where, outer)
    walk.fields(("returns",), old, new, outer, Mode.ANNOTATION)
    walk.block(old, new, "body", inner)


def _arguments(walk: Walk, old: Any, new: Any, where: Where, outer: Where) -> None:
    walk.fields(("defaults", "kw_defaults"), old.args, new.args, where)
    walk.fields(("posonlyargs", "args", "vararg", "kwonlyargs", "kwarg"), old.args, new.args, outer)


def _arg(walk: Walk, old: ast.AST, new: ast.AST, where: Where, mode: Mode) -> None:
    walk.fields(("arg",), old, new, where)
    walk.fields(("annotation",), old, new, where, Mode.ANNOTATION)


def _class(walk: Walk, old: ast.AST, new: ast.AST, where: Where, mode: Mode) -> None:
    if old.__class__ is not new.__class__:
        raise differs(old, new, where)
    outer = _type_parameters(walk, old, new, where)
    walk.fields(("name", "decorator_list"), old, new, where)
    walk.fields(("bases", "keywords"), old, new, outer)
    walk.block(old, new, "body", walk.enter(walk.old.scopes[old], walk.new.scopes[new], where))


def _type_parameters(walk: Walk, old: ast.AST, new: ast.AST, where: Where) -> Where:
    """Compare PEP 695 type parameters; return where annotations and bases are read."""
    before, after = walk.old.type_scopes.get(old), walk.new.type_scopes.get(new)
    if before is None or after is None:
        walk.fields(("type_params",), old, new, where)
        return where
    inner = walk.enter(before, after, where)
    walk.fields(("type_params",), old, new, inner)
    return inner


def _type_alias(walk: Walk, old: ast.AST, new: ast.AST, where: Where, mode: Mode) -> None:
    inner = _type_parameters(walk, old, new, where)
    walk.fields(("name",), old, new, where)
    walk.fields(("value",), old, new, inner, Mode.ANNOTATION)


def _comprehension(walk: Walk, old: ast.AST, new: ast.AST, where: Where, mode: Mode) -> None:
    if old.__class__ is not new.__class__:
        raise differs(old, new, where)
    inner = walk.enter(walk.old.scopes[old], walk.new.scopes[new], where)
    before: list[ast.comprehension] = getattr(old, "generators", [])
    after: list[ast.comprehension] = getattr(new, "generators", [])
    if len(before) != len(after):
        raise differs(old, new, where)
    for number, (one, other) in enumerate(zip(before, after, strict=True)):
        walk.fields(("iter",), one, other, inner if number else where)
        walk.fields(("target", "ifs", "is_async"), one, other, inner)
    walk.fields((name for name in child_fields(old.__class__) if name != "generators"), old, new, inner)


def _declaration(walk: Walk, old: ast.AST, new: ast.AST, where: Where, mode: Mode) -> None:
    before, after = getattr(old, "names", []), getattr(new, "names", [])
    if old.__class__ is not new.__class__ or len(before) != len(after):
        raise differs(old, new, where)
    for one, other in zip(before, after, strict=True):
        walk.bindings.name(Chain(one, ""), Chain(other, ""), where)


HANDLERS: Final[dict[type[ast.AST], Handler]] = {
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.Lambda: _function,
    ast.arg: _arg,
    ast.ClassDef: _class,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.Global: _declaration,
    ast.Nonlocal: _declaration,
}
if (_alias := getattr(ast, "TypeAlias", None)) is not None:  # Python 3.12
    HANDLERS[_alias] = _type_alias
