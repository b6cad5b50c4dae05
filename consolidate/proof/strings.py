"""String constants: plain values, quoted annotations, entries of `__all__`, docstrings and f-strings."""

from __future__ import annotations

import ast
import warnings
from typing import Final

from consolidate.proof.allowed import NotProvedError
from consolidate.proof.bindings import Chain, Where
from consolidate.proof.symbols import Kind
from consolidate.proof.walk import Handler, Mode, Walk, differs, line_of, short

_SCOPED: Final = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.NamedExpr)


def _constant(walk: Walk, old: ast.AST, new: ast.AST, where: Where, mode: Mode) -> None:
    if not isinstance(old, ast.Constant) or not isinstance(new, ast.Constant):
        raise differs(old, new, where)
    before, after = old.value, new.value
    if before.__class__ is not after.__class__ or old.kind != new.kind:
        raise differs(old, new, where)
    if isinstance(before, str) and isinstance(after, str):
        if mode is Mode.ANNOTATION:
            _quoted(walk, old, new, where)
            return
        if mode is Mode.EXPORTS:
            _export(walk, before, after, where._replace(line=line_of(new, where)))
            return
        if before == after or (mode is Mode.PLAIN and (before, after) in walk.strings):
            return
    elif before is after or repr(before) == repr(after):  # repr tells 0.0 from -0.0 and knows nan
        return
    raise NotProvedError(line_of(new, where), f"{short(repr(before))} became {short(repr(after))}")


def _quoted(walk: Walk, old: ast.Constant, new: ast.Constant, where: Where) -> None:
    """Compare quoted annotations as the expressions that they hold."""
    before, after = _expression(old), _expression(new)
    if before is not None and after is not None:
        walk.push(before, after, where, Mode.ANNOTATION)
    elif old.value != new.value and (old.value, new.value) not in walk.strings:
        raise NotProvedError(line_of(new, where), f"annotation {old.value!r} became {new.value!r}")


def _expression(string: ast.Constant) -> ast.expr | None:
    """Return the expression in a quoted annotation; None where there is none, or one with scopes of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            body = ast.parse(str(string.value).strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
    for node in ast.walk(body):
        if isinstance(node, _SCOPED):
            return None
        if isinstance(node, ast.expr):
            node.lineno = string.lineno
    return body


def _export(walk: Walk, old: str, new: str, where: Where) -> None:
    """Compare entries of `__all__` as the module's names that they are."""
    if old != new:
        prefix = f"{walk.module}." if walk.module else ""
        if (prefix + old, prefix + new) not in walk.moves.pairs:
            raise NotProvedError(where.line, f"__all__ names {new!r} instead of {old!r}, which was not agreed")
    walk.bindings.name(Chain(old, ""), Chain(new, ""), where._replace(old=walk.old.root, new=walk.new.root))


def _assign(walk: Walk, old: ast.AST, new: ast.AST, where: Where, mode: Mode) -> None:
    """Compare assignments: those to `__all__` name names of the module, the value of a `TypeAlias` is an annotation."""
    if old.__class__ is not new.__class__:
        raise differs(old, new, where)
    targets = old.targets if isinstance(old, ast.Assign) else [getattr(old, "target", None)]
    if where.old.kind is Kind.MODULE and any(isinstance(item, ast.Name) and item.id == "__all__" for item in targets):
        mode = Mode.EXPORTS
    if isinstance(old, ast.AnnAssign):
        walk.fields(("target", "simple"), old, new, where)
        walk.fields(("annotation",), old, new, where, Mode.ANNOTATION)
        annotation = old.annotation
        name = annotation.attr if isinstance(annotation, ast.Attribute) else getattr(annotation, "id", "")
        if name == "TypeAlias":
            mode = Mode.ANNOTATION
    else:
        walk.fields(("targets", "target", "op"), old, new, where)
    walk.fields(("value",), old, new, where, mode)


def _expression_statement(walk: Walk, old: ast.AST, new: ast.AST, where: Where, mode: Mode) -> None:
    """Compare docstrings as they are, and the arguments of `__all__.extend(...)` as names of the module."""
    value = getattr(old, "value", None)
    if isinstance(value, ast.Constant):
        mode = Mode.FROZEN
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        holder = value.func.value
        if where.old.kind is Kind.MODULE and isinstance(holder, ast.Name) and holder.id == "__all__":
            mode = Mode.EXPORTS
    walk.fields(("value",), old, new, where, mode)


def _formatted(walk: Walk, old: ast.AST, new: ast.AST, where: Where, mode: Mode) -> None:
    walk.like(old, new, where, Mode.FROZEN)


HANDLERS: Final[dict[type[ast.AST], Handler]] = {
    ast.Constant: _constant,
    ast.Assign: _assign,
    ast.AugAssign: _assign,
    ast.AnnAssign: _assign,
    ast.Expr: _expression_statement,
    ast.JoinedStr: _formatted,
}
