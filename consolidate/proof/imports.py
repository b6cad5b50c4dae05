"""What a module imports and what it has: the facts about one file, computed once per blob."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from consolidate.proof.allowed import Failure
from consolidate.proof.layout import collector_paused, parse
from consolidate.proof.names import exported
from consolidate.proof.patches import Patched, patch_targets
from consolidate.proof.scopes import absolute, children
from consolidate.proof.shim import MOVED, moved_names
from consolidate.proof.splice import spliced

_IMPORT_ERRORS: Final = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_SCOPED: Final = (ast.FunctionDef, ast.AsyncFunctionDef)


class Imported(Struct, frozen=True, order=True):
    """One name of one import statement.

    `module` is absolute; `name` is empty for `import module` and "*" for a star. `top` tells whether importing the
    file executes it (module level, class bodies included); `typing` that it stands under `if TYPE_CHECKING`; `guarded`
    that it stands in a `try` which handles ImportError. `line` is 1-based. The entries of a shim's `_MOVED` are here
    too, neither `top` nor `typing`.
    """

    line: int
    module: str
    name: str = ""
    top: bool = True
    typing: bool = False
    guarded: bool = False


class ModuleFacts(Struct, frozen=True):
    """One module: what it imports, and the names that it has at run time.

    `exports` are its module-level bindings, conditional ones included, those under `if TYPE_CHECKING` not. `stars` are
    the modules that it imports everything from, `public` the literal `__all__` (None where there is none), `open`
    whether it may have any name (a `__getattr__` of its own making, `globals()[...] = `), `moved` the names that a
    shim serves, None where the module is no shim. `patches` are the targets that it patches by name.
    """

    module: str
    is_package: bool = False
    imports: tuple[Imported, ...] = ()
    exports: frozenset[str] = frozenset()
    stars: tuple[str, ...] = ()
    public: frozenset[str] | None = None
    open: bool = False
    moved: frozenset[str] | None = None
    patches: tuple[Patched, ...] = ()


class _Place(Struct, frozen=True):
    top: bool = True
    typing: bool = False
    guarded: bool = False
    in_class: bool = False


def facts(source: bytes, module: str, is_package: bool) -> ModuleFacts | None:
    """Return the facts about a Python file, None where it does not parse. Never raises."""
    with collector_paused():
        tree = parse(source)
        return None if isinstance(tree, Failure) else _facts(source, [(tree.body, 0)], module, is_package)


def facts_of_both(old: bytes, new: bytes, module: str, is_package: bool) -> tuple[ModuleFacts, ModuleFacts] | None:
    """Return the facts about two versions of a file, None where these have to be read one by one. Never raises."""
    with collector_paused():
        found = spliced(old, new)
        if found is None:
            return None
        before = [(section.old, 0) for section in found.sections]
        after = [(section.new, section.shift) for section in found.sections]
        return _facts(old, before, module, is_package), _facts(new, after, module, is_package)


_Piece = tuple[list[ast.stmt], int]
"""Statements at module level, and what to add to their lines for those of the file."""


def _facts(source: bytes, pieces: Sequence[_Piece], module: str, is_package: bool) -> ModuleFacts:
    reader = _Reader(module, is_package)
    reader.read(pieces)
    tree = ast.Module(body=[item for statements, _ in pieces for item in statements], type_ignores=[])
    table = moved_names(tree)
    if table is not None:
        lines = (item.lineno + shift for part, shift in pieces for item in part if MOVED in _plain_targets(item))
        line = next(lines, 0)
        reader.imports += [Imported(line, home, name or "", top=False) for home, name in table.values()]
    public = exported(tree) if b"__all__" in source else None
    return ModuleFacts(
        module,
        is_package,
        tuple(sorted(reader.imports)),
        frozenset(reader.exports),
        tuple(sorted(set(reader.stars))),
        None if public is None else frozenset(name for name, _ in public),
        reader.dynamic or (table is None and "__getattr__" in reader.exports),
        None if table is None else frozenset(table),
        patch_targets(source, pieces),
    )


class _Reader:
    def __init__(self, module: str, is_package: bool) -> None:
        self.module, self.is_package = module, is_package
        self.imports: list[Imported] = []
        self.exports: set[str] = set()
        self.stars: list[str] = []
        self.dynamic = False
        self._shift = 0
        self._todo: list[tuple[list[ast.stmt], _Place]] = []

    def read(self, pieces: Sequence[_Piece]) -> None:
        """Visit every statement; expressions only where they may bind a name of the module."""
        for statements, self._shift in pieces:
            self._todo.append((statements, _Place()))
            while self._todo:
                inside, place = self._todo.pop()
                for statement in inside:
                    self._statement(statement, place)

    def _statement(self, node: ast.stmt, place: _Place) -> None:
        binds = place.top and not place.typing and not place.in_class
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            self._import(node, place, binds)
        elif isinstance(node, _SCOPED):
            if binds:
                self.exports.add(node.name)
            self._todo.append((node.body, _Place(False, place.typing, False)))
        elif isinstance(node, ast.ClassDef):
            if binds:
                self.exports.add(node.name)
            self._todo.append((node.body, _Place(place.top, place.typing, place.guarded, True)))
        elif isinstance(node, ast.Global):
            self.exports.update(node.names)
        elif isinstance(node, ast.If) and (sense := _type_checking(node.test)) is not None:
            typing = _Place(place.top, True, place.guarded, place.in_class)
            self._todo.append((node.body, typing if sense else place))
            self._todo.append((node.orelse, place if sense else typing))
        elif isinstance(node, ast.Try) or node.__class__.__name__ == "TryStar":
            self._try(node, place, binds)
        else:
            self._other(node, place, binds)

    def _try(self, node: ast.stmt, place: _Place, binds: bool) -> None:
        handlers: list[ast.ExceptHandler] = getattr(node, "handlers", [])
        guarded = place.guarded or any(map(_handles_import_error, handlers))
        body = _Place(place.top, place.typing, guarded, place.in_class)
        self._todo.append((getattr(node, "body", []), body))
        for handler in handlers:
            if binds and handler.name:
                self.exports.add(handler.name)
            self._todo.append((handler.body, body))
        self._todo += [(getattr(node, "orelse", []), place), (getattr(node, "finalbody", []), place)]

    def _other(self, node: ast.stmt, place: _Place, binds: bool) -> None:
        for name in node._fields:
            value = getattr(node, name, None)
            if name in ("body", "orelse") and isinstance(value, list):
                self._todo.append((value, place))
            elif name == "cases":
                for case in getattr(node, "cases", []):
                    self._todo.append((case.body, place))
                    if binds:
                        self._expression(case.pattern)
            elif binds:
                for item in value if isinstance(value, list) else (value,):
                    if isinstance(item, ast.AST):
                        self._expression(item)

    def _expression(self, root: ast.AST) -> None:
        """Collect names that an expression at module level binds, and signs that names are made at run time."""
        stack = [root]
        while stack:
            node = stack.pop()
            if isinstance(node, ast.Name):
                if not isinstance(node.ctx, ast.Load):
                    self.exports.add(node.id)
            elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
                self.exports.add(node.name)
            elif isinstance(node, ast.MatchMapping) and node.rest:
                self.exports.add(node.rest)
            elif isinstance(node, ast.Lambda):
                continue
            elif isinstance(node, ast.comprehension):
                stack += [node.iter, *node.ifs]  # what it assigns to is its own
                continue
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                # globals()["x"] = 1, globals().update(...), exec("x = 1"), setattr(sys.modules[__name__], "x", 1)
                self.dynamic = self.dynamic or node.func.id in ("globals", "vars", "locals", "exec", "setattr")
            elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
                self.dynamic = self.dynamic or _names_this_module(node.slice)  # sys.modules[__name__] = ...
            if not isinstance(node, (ast.Constant, ast.Name)):
                stack += children(node)

    def _import(self, node: ast.Import | ast.ImportFrom, place: _Place, binds: bool) -> None:
        flags = (place.top, place.typing, place.guarded)
        if isinstance(node, ast.Import):
            for alias in node.names:
                self.imports.append(Imported(node.lineno + self._shift, alias.name, "", *flags))
                if binds:
                    self.exports.add(alias.asname or alias.name.partition(".")[0])
            return
        origin = absolute(node.module, node.level, self.module, self.is_package)
        for alias in node.names:
            self.imports.append(Imported(node.lineno + self._shift, origin, alias.name, *flags))
            if binds and alias.name == "*":
                self.stars.append(origin)
            elif binds:
                self.exports.add(alias.asname or alias.name)


def _plain_targets(statement: ast.stmt) -> list[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _names_this_module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "__name__"


def _type_checking(test: ast.expr) -> bool | None:
    """Return True for `TYPE_CHECKING`, False for `not TYPE_CHECKING`, None for any other condition."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = _type_checking(test.operand)
        return None if inner is None else not inner
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")
    return True if name == "TYPE_CHECKING" else None


def _handles_import_error(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        (kind.attr if isinstance(kind, ast.Attribute) else getattr(kind, "id", "")) in _IMPORT_ERRORS for kind in kinds
    )
