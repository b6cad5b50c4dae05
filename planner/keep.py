"""What stays in a legacy module that becomes a shim: definitions without a successor, with what they need."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Protocol

from msgspec import Struct

from planner.contents import Blob
from planner.model import decode
from planner.scan import parse
from planner.source import Source, read_source
from planner.visit import dotted


class Kept(Struct, frozen=True):
    """Statements that stay: `text` of each as it stands in the file, `names` all that they bind.

    `gaps` are the blank lines before each statement, `spans` the byte offsets of its first line and behind its last.
    """

    text: tuple[str, ...]
    names: frozenset[str]
    gaps: tuple[int, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


class Keep(Protocol):
    """Does what `keep` does, now or in an earlier run."""

    def __call__(
        self, blob: Blob, wanted: frozenset[str], gone: frozenset[str], reserved: frozenset[str]
    ) -> Kept | str:
        """Return what stays of contents, or why it cannot."""


def keep(data: bytes, wanted: frozenset[str], gone: frozenset[str], reserved: frozenset[str]) -> Kept | str:
    """Return the statements that define the wanted names, with all that they need, or the reason why they cannot stay.

    `gone` are the names that the shim will hand out from elsewhere: what stays must not use them, because a shim's own
    globals do not hold them. `reserved` are the names that the shim needs for itself.
    """
    tree, source = parse(data, ""), read_source(data)
    statements = [statement for statement in tree.body if not _future(statement)]
    bound = [_bound([statement]) for statement in statements]
    chosen: set[int] = set()
    pending = sorted(wanted)
    seen: set[str] = set()
    while pending:
        name = pending.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in gone:
            return f"what stays uses `{name}`, which moves"
        for index, statement in enumerate(statements):
            if name in bound[index] and index not in chosen:
                if isinstance(statement, ast.If) and dotted(statement.test).rpartition(".")[2] == "TYPE_CHECKING":
                    return f"what stays needs `{name}`, which only type checkers see"
                chosen.add(index)
                pending += sorted(_loaded(statement))
    names = frozenset().union(*(bound[index] for index in chosen)) if chosen else frozenset()
    if names & gone:
        return f"what stays binds `{min(names & gone)}`, which moves"
    if names & reserved:
        return f"what stays binds `{min(names & reserved)}`, which the shim needs for itself"
    pieces = [_span(source, statements[index]) for index in sorted(chosen)]
    texts = tuple(decode(data[start:end]) for (start, end), _ in pieces)
    return Kept(texts, names, tuple(gap for _, gap in pieces), tuple(span for span, _ in pieces))


def _future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _bound(body: Iterable[ast.stmt]) -> set[str]:
    """Return the names that statements bind at module level, compound statements looked into."""
    names: set[str] = set()
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names.update(alias.asname or alias.name.partition(".")[0] for alias in node.names)
        else:
            names.update(
                item.id for item in ast.walk(node) if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Store)
            )
            for field in ("body", "orelse", "finalbody"):
                names |= _bound(getattr(node, field, None) or [])
            for handler in getattr(node, "handlers", None) or []:
                names |= _bound(handler.body)
    return names


def _loaded(statement: ast.stmt) -> set[str]:
    names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
    for node in ast.walk(statement):
        if isinstance(node, ast.Global):
            names.update(node.names)
    return names


def _span(source: Source, statement: ast.stmt) -> tuple[tuple[int, int], int]:
    """Return where a statement's lines are, with the comment lines right above it, and how many blank ones precede."""
    first = min([statement.lineno, *(item.lineno for item in getattr(statement, "decorator_list", []))])
    line = first - 1
    while line > 0 and source.data[source.starts[line - 1] : source.starts[line]].lstrip().startswith(b"#"):
        line -= 1
    end = source.offset(statement.end_lineno or first, statement.end_col_offset or 0)
    _, end = source.line_bounds(end)
    gap = 0
    while gap < line and not source.data[source.starts[line - gap - 1] : source.starts[line - gap]].strip():
        gap += 1
    return (source.starts[line], end), gap
