"""Two versions of a file without the statements that no difference between them can concern.

A statement whose text is the same in both versions means the same in both, unless a name in it is bound otherwise. So
a statement is left out where nothing in its text is *touched*: a name that an import statement of one version alone
binds, or that stands where the texts of two corresponding statements differ. What binds or reads a name has the name in
its text, if it does not hide it (an escape, strings joined by the parser, letters that NFKC makes others: PEP 3131);
what could hide one stays. In the place of what is left out stands `pass`, so that the others keep their places.

An edit that is proved of what is left is proved of the whole. Where it is not, the whole decides.
"""

from __future__ import annotations

import ast
import keyword
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, TypeVar

from msgspec import Struct

from consolidate.proof.layout import compiles
from consolidate.proof.lines import lines_with
from consolidate.proof.scopes import Analysis, Stars
from consolidate.proof.splice import Section, Spliced, first_line, spliced

_PASS: Final = ast.Pass(lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)
_Node = TypeVar("_Node", bound=ast.AST)
_IMPORTS: Final = (ast.Import, ast.ImportFrom)
_COMPOUND: Final = tuple(
    cls
    for name in (
        *("FunctionDef", "AsyncFunctionDef", "ClassDef", "If", "For", "AsyncFor", "While", "With", "AsyncWith"),
        *("Try", "TryStar", "Match"),
    )
    if (cls := getattr(ast, name, None)) is not None
)
_BODIES: Final = ("body", "orelse", "finalbody")
_CLAUSES: Final = ("handlers", "cases")

_TOKEN: Final = re.compile(r"([\"']?)([\w.]+)")
_WORDS: Final = frozenset(keyword.kwlist)


class Pruned(Struct, frozen=True, eq=False):
    """What is left of two versions, analysed, and the touched names."""

    old: Analysis
    new: Analysis
    touched: frozenset[str]


class _UnsureError(Exception):
    """What the two versions have in common cannot be told."""


@lru_cache(maxsize=1)
def pruned(old: bytes, new: bytes, module: str, is_package: bool, stars: Stars = ()) -> Pruned | None:
    """Return what is left of two versions of a file, None where only the whole can tell; kept for the next check.

    `module`, `is_package` and `stars` are those of `scopes.Analysis`. Raises nothing.
    """
    found = spliced(old, new)
    if found is None:
        return None
    try:
        before, after, touched = _Pruning(found).result()
        if compiles(after) is not None:
            return None
        return Pruned(Analysis(before, module, is_package, stars), Analysis(after, module, is_package, stars), touched)
    except (_UnsureError, RecursionError, MemoryError):  # a long chain of `elif` is deep
        return None


class _Changed(Struct, frozen=True, eq=False):
    """Two statements (or clauses) that differ, and what stands for what in their bodies, by field."""

    old: ast.AST
    new: ast.AST
    bodies: dict[str, list[_Pair]]
    clauses: dict[str, list[_Changed]]


_Pair = ast.stmt | _Changed | tuple[list[ast.stmt], list[ast.stmt]]
"""A statement that is in both versions, two that differ, or two runs of import statements."""


class _Pruning:
    def __init__(self, versions: Spliced) -> None:
        self._sections, self._lines = versions.sections, versions.lines
        self._touched: set[str] = set()
        self._hot: list[int] = []
        self._new_lines: Sequence[str] = ()

    def result(self) -> tuple[ast.Module, ast.Module, frozenset[str]]:
        pairs = [pair for section in self._sections for pair in self._section(section)]
        self._hot = sorted(lines_with(self._lines, self._touched))
        old, new = (ast.Module(body=body, type_ignores=[]) for body in self._both(pairs))
        return old, new, frozenset(self._touched)

    # ---- what differs -----------------------------------------------------------------------------------------------

    def _section(self, section: Section) -> list[_Pair]:
        if section.old is section.new:
            return list(section.old)
        self._new_lines = section.lines
        return self._block(section.old, section.new)

    def _block(self, old: list[ast.stmt], new: list[ast.stmt]) -> list[_Pair]:
        pairs: list[_Pair] = []
        before, after = list(_runs(old)), list(_runs(new))
        if len(before) != len(after):
            raise _UnsureError
        for (imports, statement), (others, counterpart) in zip(before, after, strict=True):
            self._imports(imports, others)
            pairs.append((imports, others))
            if statement is not None and counterpart is not None:
                pairs.append(self._statement(statement, counterpart))
        return pairs

    def _imports(self, old: list[ast.stmt], new: list[ast.stmt]) -> None:
        before, after = [_spelled(item) for item in old], [_spelled(item) for item in new]
        if before == after:
            return
        common = {*before} & {*after}
        for item in (*old, *new):
            if isinstance(item, _IMPORTS) and _spelled(item) not in common:
                for alias in item.names:
                    if alias.name == "*":
                        raise _UnsureError
                    plain = alias.name if isinstance(item, ast.ImportFrom) else alias.name.partition(".")[0]
                    self._touched.add(alias.asname or plain)

    def _statement(self, old: ast.stmt, new: ast.stmt) -> _Pair:
        if old.__class__ is not new.__class__:
            raise _UnsureError
        before = self._lines[first_line(old) - 1 : old.end_lineno]
        after = self._new_lines[first_line(new) - 1 : new.end_lineno]
        if before == after:
            return old
        if not isinstance(old, _COMPOUND):
            self._texts(before, after)
            return _Changed(old, new, {}, {})
        return self._compound(old, new, first_line(old), first_line(new))

    def _compound(self, old: ast.AST, new: ast.AST, start: int, new_start: int) -> _Changed:
        """Compare a compound statement, or a clause of one, by its head and its bodies."""
        bodies: dict[str, list[_Pair]] = {}
        clauses: dict[str, list[_Changed]] = {}
        head, new_head = _first_inside(old), _first_inside(new)
        if head <= start or new_head <= new_start:  # head and body share a line
            self._texts(self._lines[start - 1 : _last_line(old)], self._new_lines[new_start - 1 : _last_line(new)])
            return _Changed(old, new, bodies, clauses)
        self._texts(self._lines[start - 1 : head - 1], self._new_lines[new_start - 1 : new_head - 1])
        for name in _BODIES:
            before, after = getattr(old, name, None) or [], getattr(new, name, None) or []
            if before or after:
                bodies[name] = self._block(before, after)
        for name in _CLAUSES:
            before, after = getattr(old, name, None) or [], getattr(new, name, None) or []
            if len(before) != len(after):
                raise _UnsureError
            if before:
                clauses[name] = [
                    self._compound(one, other, _line(one), _line(other))
                    for one, other in zip(before, after, strict=True)
                ]
        return _Changed(old, new, bodies, clauses)

    def _texts(self, old: list[str], new: Sequence[str]) -> None:
        """Touch the names that stand between the first and the last difference of two texts."""
        if old == new:
            return
        before, after = _TOKEN.findall("\n".join(old)), _TOKEN.findall("\n".join(new))
        shorter = min(len(before), len(after))
        start = next((place for place in range(shorter) if before[place] != after[place]), shorter)
        rest = shorter - start
        end = next((place for place in range(rest) if before[-1 - place] != after[-1 - place]), rest)
        middles = [tokens[start : len(tokens) - end] for tokens in (before, after)]
        segments = [{part for _, token in middle for part in token.split(".")} for middle in middles]
        self._touched |= segments[0] ^ segments[1]
        for middle in middles:
            for quote, token in middle:
                # Of a path in a string, what both versions have is no name that is read here.
                self._touched.update(() if quote else token.split("."))
        self._touched = {name for name in self._touched - _WORDS if name.isidentifier()}
        if not all(name.isascii() for name in self._touched):
            raise _UnsureError

    # ---- what is left -----------------------------------------------------------------------------------------------

    def _both(self, pairs: Sequence[_Pair]) -> tuple[list[ast.stmt], list[ast.stmt]]:
        old: list[ast.stmt] = []
        new: list[ast.stmt] = []
        for pair in pairs:
            if isinstance(pair, tuple):
                old += pair[0]
                new += pair[1]
            elif isinstance(pair, _Changed):
                one, other = self._changed(pair)
                old.append(one)  # type: ignore[arg-type]  # clauses are in no block
                new.append(other)  # type: ignore[arg-type]
            else:
                kept = self._kept(pair)
                old.append(kept)
                new.append(kept)
        return old, new

    def _changed(self, pair: _Changed) -> tuple[ast.AST, ast.AST]:
        old, new = _copy(pair.old), _copy(pair.new)
        for name, pairs in pair.bodies.items():
            before, after = self._both(pairs)
            setattr(old, name, before)
            setattr(new, name, after)
        for name, clauses in pair.clauses.items():
            both = [self._changed(clause) for clause in clauses]
            setattr(old, name, [one for one, _ in both])
            setattr(new, name, [other for _, other in both])
        return old, new

    def _kept(self, node: ast.stmt) -> ast.stmt:
        """Return what is left of a statement that is in both versions."""
        if isinstance(node, _IMPORTS) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            return node
        place = bisect_left(self._hot, first_line(node))
        if place == len(self._hot) or self._hot[place] > (node.end_lineno or node.lineno):
            return _PASS
        return self._inside(node) if isinstance(node, _COMPOUND) else node

    def _inside(self, node: _Node) -> _Node:
        found = _copy(node)
        for name in _BODIES:
            if body := getattr(node, name, None):
                setattr(found, name, [self._kept(item) for item in body])
        for name in _CLAUSES:
            if clauses := getattr(node, name, None):
                setattr(found, name, [self._inside(item) for item in clauses])
        return found


def _copy(node: _Node) -> _Node:
    """Return a node with the same parts."""
    cls = node.__class__
    found = cls.__new__(cls)
    found.__dict__.update(node.__dict__)
    return found


def _runs(statements: Sequence[ast.stmt]) -> Iterator[tuple[list[ast.stmt], ast.stmt | None]]:
    """Yield each statement that is no import, with the import statements before it, and last those at the end."""
    imports: list[ast.stmt] = []
    for item in statements:
        if isinstance(item, _IMPORTS):
            imports.append(item)
        else:
            yield imports, item
            imports = []
    yield imports, None


def _spelled(node: ast.stmt) -> tuple[object, ...]:
    """Return what two import statements are equal by."""
    assert isinstance(node, _IMPORTS)  # noqa: S101 - `_runs` yields no others
    origin = (node.module, node.level) if isinstance(node, ast.ImportFrom) else ()
    return (*origin, *((alias.name, alias.asname) for alias in node.names))


def _first_inside(node: ast.AST) -> int:
    """Return the first line below the head of a compound statement or clause."""
    cases = getattr(node, "cases", None)
    return _line(cases[0]) if cases else first_line(node.body[0])  # type: ignore[attr-defined]


def _line(clause: ast.AST) -> int:
    found: int = getattr(clause, "lineno", 0) or clause.pattern.lineno  # type: ignore[attr-defined]
    return found


def _last_line(node: ast.AST) -> int:
    found: int = getattr(node, "end_lineno", 0) or node.body[-1].end_lineno  # type: ignore[attr-defined]
    return found
