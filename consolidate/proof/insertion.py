"""A notice of deprecation in an implementation that stays: statements are added that only warn, and no byte is lost."""

from __future__ import annotations

import ast
import re
from typing import Final

from consolidate.proof.allowed import Failure, NotProvedError
from consolidate.proof.calls import dotted
from consolidate.proof.layout import compiles, parse

_MODULES: Final = frozenset({"inspect", "sys", "warnings"})
# What a notice may call: it looks for the importer's frame and warns there.
_CALLS: Final = frozenset(
    {"_getframe", "currentframe", "get", "len", "repr", "setdefault", "startswith", "str", "warn", "warn_explicit"}
)
_PLAIN: Final = (
    ast.arguments,
    ast.Attribute,
    ast.BinOp,
    ast.BoolOp,
    ast.Break,
    ast.Compare,
    ast.Constant,
    ast.Continue,
    ast.Dict,
    ast.Expr,
    ast.FormattedValue,
    ast.If,
    ast.JoinedStr,
    ast.keyword,
    ast.Name,
    ast.Pass,
    ast.Return,
    ast.Subscript,
    ast.Tuple,
    ast.UnaryOp,
    ast.While,
    ast.operator,
    ast.unaryop,
    ast.boolop,
    ast.cmpop,
    ast.expr_context,
)


def prove_insertion(old: bytes, new: bytes) -> Failure | None:
    """Return None where `new` is `old` with one run of bytes inserted whose statements only warn, else why not.

    The inserted statements stand at module level, bind only names that occur nowhere in `old`, and leave docstring and
    `from __future__` imports first. Taking the same bytes out again is proved by the same call with both swapped.
    """
    if len(new) < len(old) or not _is_inserted(old, new):
        return Failure(0, "more than an insertion was made")
    before, after = parse(old), parse(new)
    for tree, name in ((before, "old"), (after, "new")):
        if isinstance(tree, Failure):
            return Failure(tree.line, f"the {name} file {tree.reason}")
    if (failure := compiles(new)) is not None:
        return Failure(failure.line, f"the new file {failure.reason}")
    if isinstance(before, Failure) or isinstance(after, Failure):
        return Failure(0, "does not parse")
    try:
        _check(before, after, old)
    except NotProvedError as error:
        return error.failure
    except (RecursionError, MemoryError) as error:
        return Failure(0, f"the file is nested too deeply to be proved: {error.__class__.__name__}")
    return None


def _is_inserted(old: bytes, new: bytes) -> bool:
    start, limit = 0, len(old)
    while start < limit and old[start] == new[start]:
        start += 1
    return new.endswith(old[start:])


def _check(before: ast.Module, after: ast.Module, old: bytes) -> None:
    count = len(after.body) - len(before.body)
    dumps, now = [ast.dump(item) for item in before.body], [ast.dump(item) for item in after.body]
    start = 0
    while start < len(dumps) and dumps[start] == now[start]:
        start += 1
    inserted = after.body[start : start + count]
    if now[:start] + now[start + count :] != dumps:
        raise NotProvedError(0, "a statement of the file changed")
    if ast.get_docstring(before, clean=False) != ast.get_docstring(after, clean=False):
        raise NotProvedError(1, "the docstring is no docstring any more")
    words = set(re.findall(rb"\w+", old))
    functions = {item.name for item in inserted if isinstance(item, ast.FunctionDef)}
    for statement in inserted:
        for name in _binds(statement):
            if name.encode() in words:
                raise NotProvedError(statement.lineno, f"the notice binds {name!r}, which the file has already")
        _check_statement(statement, functions)


def _binds(statement: ast.stmt) -> list[str]:
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return [statement.name]
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return [alias.asname or alias.name.partition(".")[0] for alias in statement.names]
    return [node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]


def _check_statement(statement: ast.stmt, functions: set[str]) -> None:
    match statement:
        case ast.ClassDef(bases=[ast.Name(id=base)], keywords=[], decorator_list=[], body=[only]) if (
            base.endswith("Warning") and isinstance(only, (ast.Expr, ast.Pass)) and _harmless(only, functions)
        ):
            return
        case ast.FunctionDef(decorator_list=[], body=body) if not _has_parameters(statement):
            for item in body:
                _check_inside(item, functions)
        case ast.Delete(targets=[ast.Name(id=name)]) if name in functions:
            return
        case _:
            _check_inside(statement, functions)


def _has_parameters(function: ast.FunctionDef) -> bool:
    args = function.args
    return bool(args.posonlyargs or args.args or args.vararg or args.kwonlyargs or args.kwarg)


def _check_inside(statement: ast.stmt, functions: set[str]) -> None:
    if isinstance(statement, ast.Import):
        if all(alias.name in _MODULES for alias in statement.names):
            return
    elif isinstance(statement, ast.ImportFrom):
        if statement.module in _MODULES and not statement.level:
            return
    elif _harmless(statement, functions):
        return
    raise NotProvedError(statement.lineno, f"{statement.__class__.__name__} does more than warn")


def _harmless(statement: ast.stmt, functions: set[str]) -> bool:
    """Tell whether nothing but local names is bound and nothing but the frame stack and `warnings` is called."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Assign):
            if not all(isinstance(target, ast.Name) for target in node.targets):
                return False
        elif isinstance(node, ast.Call):
            chain = dotted(node.func)
            last = node.func.attr if isinstance(node.func, ast.Attribute) else chain.root if chain else ""
            if last not in _CALLS and last not in functions:
                return False
        elif not isinstance(node, _PLAIN):
            return False
    return True
