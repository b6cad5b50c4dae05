"""Two syntax trees, walked side by side: every node of the old one must have its like in the new one.

The walk keeps its own stack, so that deep trees need no recursion. What is special about a kind of node is in the
tables of definitions.py (nodes that make scopes), uses.py (names and calls) and strings.py; everything else is compared
field by field, expression contexts and positions left out.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Final

from consolidate.proof.allowed import Allowed, NotProvedError
from consolidate.proof.bindings import Bindings, Where
from consolidate.proof.moves import Moves
from consolidate.proof.scopes import Analysis
from consolidate.proof.symbols import Scope


class Mode(Enum):
    """How strings are read at a place."""

    PLAIN = "values, which may change as `Allowed.strings` says"
    ANNOTATION = "quoted expressions"
    EXPORTS = "names of the module, as in __all__"
    FROZEN = "as they are"


# Where a mode goes down with a node; below any other node, strings are plain.
_KEEPS: Final[Mapping[Mode, frozenset[type[ast.AST]]]] = {
    Mode.ANNOTATION: frozenset({ast.List, ast.Tuple, ast.BinOp, ast.Starred}),
    Mode.EXPORTS: frozenset({ast.List, ast.Tuple, ast.BinOp, ast.Starred, ast.Set, ast.Call}),
}
_IMPORTS: Final = frozenset({ast.Import, ast.ImportFrom})


class Walk:
    """One comparison. Handlers get (walk, old node, new node, where, mode) and raise NotProvedError.

    With `touched`, the analyses are of what is left of the two versions (see pruning.py): they know all of these names,
    and of other ones no more than that they mean the same in both.
    """

    def __init__(
        self, old: Analysis, new: Analysis, allowed: Allowed, module: str, touched: frozenset[str] | None = None
    ) -> None:
        self.old, self.new, self.module = old, new, module
        self.moves = Moves(allowed.moves)
        self.bindings = Bindings(old, new, self.moves, touched)
        self.rules = dict(allowed.calls)
        self.strings = frozenset(allowed.strings)
        self._stack: list[tuple[ast.AST, ast.AST, Where, Mode]] = []

    def compare(self, old: ast.Module, new: ast.Module, handlers: Mapping[type[ast.AST], Handler]) -> None:
        """Compare whole modules; raise NotProvedError at the first difference that is not allowed."""
        self.block(old, new, "body", Where(self.old.root, self.new.root, self.new.blocks[new, "body"], 0, 0))
        stack, settled = self._stack, self.bindings.settled
        while stack:
            before, after, where, mode = stack.pop()
            cls = before.__class__
            # The common case by far: a name that has been compared in this scope before.
            if (
                isinstance(before, ast.Name)
                and isinstance(after, ast.Name)
                and (where.old, where.new, before.id, "", after.id, "") in settled
            ):
                continue
            handler = handlers.get(cls)
            if handler is not None:
                handler(self, before, after, where, mode)
            else:
                self.like(before, after, where, mode)
        self.bindings.finish()

    def push(self, old: ast.AST, new: ast.AST, where: Where, mode: Mode = Mode.PLAIN) -> None:
        """Have two nodes compared later."""
        self._stack.append((old, new, where, mode))

    def block(self, old: ast.AST, new: ast.AST, name: str, where: Where) -> None:
        """Pair two lists of statements: imports by the run between two other statements, the others one by one."""
        before: list[ast.stmt] = getattr(old, name)
        after: list[ast.stmt] = getattr(new, name)
        if not before or not after:
            if before or after:
                raise NotProvedError(where.line, f"a whole {name!r} block appeared or vanished")
            return
        block, new_block = self.old.blocks[old, name], self.new.blocks[new, name]
        self.bindings.blocks[block] = new_block
        olds = [item for item in before if item.__class__ not in _IMPORTS]
        news = [item for item in after if item.__class__ not in _IMPORTS]
        items = []
        for index, (one, other) in enumerate(zip(olds, news, strict=False)):
            place = Where(where.old, where.new, new_block, index, other.lineno)
            items.append((one, other, place, Mode.PLAIN))
            if one.__class__ is not other.__class__:
                raise differs(one, other, place)
        if len(olds) != len(news):
            line = news[len(olds)].lineno if len(news) > len(olds) else after[-1].lineno
            raise NotProvedError(line, "a statement was added or removed")
        for index in range(len(olds) + 1):
            if (block, index) in self.old.imports or (new_block, index) in self.new.imports:
                self.bindings.run(block, index, new_block, (where.old, where.new))
        self._stack += reversed(items)

    def like(self, old: ast.AST, new: ast.AST, where: Where, mode: Mode) -> None:
        """Compare two nodes field by field."""
        cls = old.__class__
        if cls is not new.__class__:
            raise differs(old, new, where)
        if mode in _KEEPS and cls not in _KEEPS[mode]:
            mode = Mode.PLAIN
        self.fields(cls._fields, old, new, where, mode)

    def fields(self, names: Iterable[str], old: ast.AST, new: ast.AST, where: Where, mode: Mode = Mode.PLAIN) -> None:
        """Compare some fields of two nodes of one class."""
        for name in names:
            if name == "ctx" or name == "type_comment":
                continue
            before, after = getattr(old, name, None), getattr(new, name, None)
            if before.__class__ is list:
                self._lists(name, old, new, where, mode)
            elif isinstance(before, ast.AST) and after is not None:
                self._stack.append((before, after, where, mode))
            elif before != after:
                raise differs(old, new, where)

    def _lists(self, name: str, old: ast.AST, new: ast.AST, where: Where, mode: Mode) -> None:
        before: list[object] = getattr(old, name)
        after: list[object] = getattr(new, name)
        if any(items and isinstance(items[0], ast.stmt) for items in (before, after)):
            self.block(old, new, name, where)
            return
        if len(before) != len(after):
            raise NotProvedError(line_of(new, where), f"{old.__class__.__name__} has not the same parts")
        for one, other in zip(before, after, strict=True):
            if isinstance(one, ast.AST) and isinstance(other, ast.AST):
                self._stack.append((one, other, where, mode))
            elif one != other:
                raise differs(old, new, where)

    def enter(self, old: Scope, new: Scope, where: Where) -> Where:
        """Pair two scopes; return where their insides stand."""
        self.bindings.scopes[old] = new
        return where._replace(old=old, new=new)


Handler = Callable[[Walk, ast.AST, ast.AST, Where, Mode], None]


def line_of(node: ast.AST, where: Where) -> int:
    """Return the line of a node, or that of its statement."""
    return getattr(node, "lineno", None) or where.line


def differs(old: ast.AST, new: ast.AST, where: Where) -> NotProvedError:
    """Return the refusal of two nodes that are not alike."""
    return NotProvedError(line_of(new, where), f"{_unparse(old)} became {_unparse(new)}")


def short(text: str) -> str:
    """Return a text cut to what a message has room for."""
    return text if len(text) <= 60 else f"{text[:57]}..."


def _unparse(node: ast.AST) -> str:
    try:
        return short(ast.unparse(node)) if isinstance(node, ast.expr) else node.__class__.__name__
    except (ValueError, RecursionError):
        return node.__class__.__name__
