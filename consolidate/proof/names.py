"""Names that nothing binds: what a phase must not add to (contract.md, promise 3).

Like pyflakes, and on the safe side: a binding anywhere in a scope counts, conditional or deleted; a star import
silences the whole file, because nobody can tell what it brings.
"""

from __future__ import annotations

import ast
import builtins
import warnings
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from consolidate.proof.allowed import Failure
from consolidate.proof.layout import collector_paused
from consolidate.proof.pruning import pruned
from consolidate.proof.scopes import Analysis, Stars, analyse, children
from consolidate.proof.symbols import Kind, Scope

# Language Reference 3.2 "Modules": what the import system binds; `__class__` is bound in methods (3.3.3.6).
_GIVEN: Final = frozenset(dir(builtins)) | {
    "__annotations__",
    "__builtins__",
    "__cached__",
    "__class__",
    "__doc__",
    "__file__",
    "__loader__",
    "__name__",
    "__package__",
    "__path__",
    "__spec__",
    "WindowsError",
}
_GIVEN_IN_CLASS: Final = frozenset({"__module__", "__qualname__", "__firstlineno__", "__static_attributes__"})


class Unbound(Struct, frozen=True, order=True):
    """A name that is read and that nothing binds.

    `scope` is the qualified name of the scope that reads it ("" for the module), `line` the first such line, 1-based.
    """

    name: str
    scope: str
    line: int


def unbound(source: bytes, module: str = "", is_package: bool = False, stars: Stars = ()) -> frozenset[Unbound]:
    """Return the unbound names of a Python file; none where it does not parse. Never raises.

    The module's name and what its stars bring are no more than what an analysis is kept by (see `analyse`).

    Quoted annotations and entries of a literal `__all__` count as reads.
    """
    with collector_paused():
        analysis = analyse(source, module, is_package, stars)
        return frozenset() if isinstance(analysis, Failure) else _unbound(analysis)


def _unbound(analysis: Analysis) -> frozenset[Unbound]:
    if analysis.open_star:
        return frozenset()
    first: dict[tuple[str, str], int] = {}
    for name, scope, line in _reads(analysis.tree, analysis):
        if scope.resolve(name) is None and name not in _GIVEN and not _given_in_class(name, scope):
            key = (name, scope.name)
            first[key] = min(line, first.get(key, line))
    return frozenset(Unbound(name, scope, line) for (name, scope), line in first.items())


def newly_unbound(
    old: bytes, new: bytes, module: str = "", is_package: bool = False, stars: Stars = ()
) -> tuple[Unbound, ...]:
    """Return the unbound names of `new` that `old` did not have in the scope of that name, sorted."""
    with collector_paused():
        left = pruned(old, new, module, is_package, stars)
        if left is not None and not _added(_unbound(left.old), _unbound(left.new)):
            return ()
    return _added(unbound(old, module, is_package, stars), unbound(new, module, is_package, stars))


def _added(old: frozenset[Unbound], new: frozenset[Unbound]) -> tuple[Unbound, ...]:
    known = {(item.name, item.scope) for item in old}
    return tuple(sorted(item for item in new if (item.name, item.scope) not in known))


def _reads(tree: ast.Module, analysis: Analysis) -> Iterator[tuple[str, Scope, int]]:
    for scope in {analysis.root, *analysis.scopes.values(), *analysis.type_scopes.values()}:
        for name, line in scope.loads:
            yield name, scope, line
    for annotation, scope in analysis.annotations:
        for name, line in _quoted(annotation):
            yield name, scope, line
    # PEP 562: where there is a __getattr__, `__all__` may name what is made on demand.
    if "__all__" in analysis.root.symbols and "__getattr__" not in analysis.root.symbols:
        for name, line in exported(tree) or ():
            yield name, analysis.root, line


def _given_in_class(name: str, scope: Scope) -> bool:
    inside = scope
    while inside.kind is Kind.COMPREHENSION and inside.parent is not None:
        inside = inside.parent
    if inside.kind is Kind.CLASS and name in _GIVEN_IN_CLASS:
        return True
    # Private names are mangled with the class's name, which is no business of a rename: left alone.
    return name.startswith("__") and not name.endswith("__") and _in_class(scope)


def _in_class(scope: Scope | None) -> bool:
    while scope is not None:
        if scope.kind is Kind.CLASS:
            return True
        scope = scope.parent
    return False


def _quoted(annotation: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the names in the quoted parts of an annotation, `Literal[...]` and metadata left out."""
    stack = [annotation]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Subscript):
            value = node.value
            last = value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")
            if last == "Literal":
                continue
            if last == "Annotated" and isinstance(node.slice, ast.Tuple):
                stack += node.slice.elts[:1]
            else:
                stack.append(node.slice)
        elif isinstance(node, (ast.BinOp, ast.Tuple, ast.List)):
            stack += children(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            for name in _names(node.value):
                yield name, node.lineno


def _names(text: str) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text.strip(), mode="eval")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return []
    nodes = list(ast.walk(tree))
    if any(isinstance(node, (ast.Lambda, ast.comprehension, ast.NamedExpr, ast.Call)) for node in nodes):
        return []
    return [node.id for node in nodes if isinstance(node, ast.Name)]


def exported(tree: ast.Module) -> tuple[tuple[str, int], ...] | None:
    """Return the entries of `__all__` with their lines, None where the module has none or makes it otherwise.

    Read are literal lists and tuples that are assigned at module level, added with `+=`, `extend` or `append`.
    """
    entries: list[tuple[str, int]] = []
    found = False
    for statement in tree.body:
        value = _all_value(statement)
        if value is None:
            if _touches_all(statement):
                return None
            continue
        found = True
        items = _literal(value)
        if items is None:
            return None
        if isinstance(statement, (ast.Assign, ast.AnnAssign)):
            entries.clear()
        entries += items
    return tuple(entries) if found else None


def _touches_all(statement: ast.stmt) -> bool:
    """Tell whether a statement may change `__all__` in a way that is not read here; definitions are not looked into."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
        return False
    parts = statement.targets if isinstance(statement, ast.Assign) else [statement]
    return any(isinstance(node, ast.Name) and node.id == "__all__" for part in parts for node in ast.walk(part))


def _all_value(statement: ast.stmt) -> ast.expr | None:
    if isinstance(statement, ast.Assign) and any(map(_is_all, statement.targets)):
        return statement.value
    if isinstance(statement, (ast.AnnAssign, ast.AugAssign)) and _is_all(statement.target):
        return statement.value
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        call = statement.value
        if isinstance(call.func, ast.Attribute) and _is_all(call.func.value) and len(call.args) == 1:
            if call.func.attr == "append":
                return ast.copy_location(ast.List(elts=[call.args[0]], ctx=ast.Load()), call)
            if call.func.attr == "extend":
                return call.args[0]
    return None


def _is_all(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "__all__"


def _literal(value: ast.expr) -> list[tuple[str, int]] | None:
    if not isinstance(value, (ast.List, ast.Tuple)):
        return None
    entries = [
        (item.value, item.lineno)
        for item in value.elts
        if isinstance(item, ast.Constant) and isinstance(item.value, str)
    ]
    return entries if len(entries) == len(value.elts) else None
