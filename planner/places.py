"""Where the nodes of a tree stand in a file's bytes; what cannot be placed with certainty says so."""

from __future__ import annotations

import ast
import re

from planner.scopes import Load
from planner.source import Source
from planner.visit import PEP_701, Visitor

_PREFIX = re.compile(rb"[rRbBuUfFtT]{0,2}(\"\"\"|'''|\"|')")


class Places:
    """Places what a visitor collected in one file."""

    def __init__(self, source: Source, raw: Visitor) -> None:
        self.source, self.raw = source, raw
        self.loads: dict[str, list[Load]] = {}
        for load in raw.loads:
            self.loads.setdefault(load.node.id, []).append(load)

    def span(self, node: ast.stmt | ast.expr | ast.alias) -> tuple[int, int]:
        """Return the bytes that a node spans."""
        source = self.source
        return (
            source.offset(node.lineno, node.col_offset),
            source.offset(node.end_lineno or node.lineno, node.end_col_offset or 0),
        )

    def content(self, node: ast.Constant) -> tuple[int, bool]:
        """Return where the content of a string literal starts, and whether the bytes there are its value."""
        start, end = self.span(node)
        raw = self.source.data[start:end]
        prefix = _PREFIX.match(raw)
        if prefix is None:
            return start, False
        quotes = len(prefix.group(1))
        content = raw[prefix.end() : len(raw) - quotes]
        try:
            simple = content == str(node.value).encode(self.source.encoding)
        except UnicodeError:
            simple = False
        return start + prefix.end(), simple

    def place(self, load: Load) -> tuple[int, int, bool]:
        """Return the bytes that a name spans, and whether they are certain to be its own."""
        name = load.node.id.encode(self.source.encoding, "replace")
        if load.quoted is not None:
            start, simple = self.content(load.quoted)
            if simple and load.node.lineno == 1 and load.joined is None and not load.nested:
                start += self._width(load.quoted, load.node.col_offset)
                return start, start + len(name), self.source.data[start : start + len(name)] == name
            return start, start + len(name), False
        if load.joined is not None and not PEP_701:
            return self._place_joined(load, name)
        start = self.source.offset(load.node.lineno, load.node.col_offset)
        return start, start + len(name), self.source.data[start : start + len(name)] == name

    def _width(self, quoted: ast.Constant, column: int) -> int:
        """Return how many bytes of the file the first `column` UTF-8 bytes of a string's value take."""
        return len(str(quoted.value).encode("utf-8")[:column].decode("utf-8").encode(self.source.encoding))

    def in_quotes(self, quoted: ast.Constant, node: ast.Attribute) -> int:
        """Return where an attribute inside a quoted annotation ends; a wrong guess is found by comparing the bytes."""
        start, simple = self.content(quoted)
        return start + self._width(quoted, node.end_col_offset or 0) if simple and node.end_lineno == 1 else start

    def _place_joined(self, load: Load, name: bytes) -> tuple[int, int, bool]:
        """Find a name in an f-string by counting: before PEP 701 the parser's positions there are not reliable."""
        assert load.joined is not None  # noqa: S101 - the caller looked
        start, end = self.span(load.joined)
        found = [
            match.start() + start for match in re.finditer(rb"\b%s\b" % re.escape(name), self.source.data[start:end])
        ]
        same = [item for item in self.loads.get(load.node.id, []) if item.joined is load.joined and item.quoted is None]
        if len(found) != len(same):
            return start, start + len(name), False
        place = found[[item is load for item in same].index(True)]
        return place, place + len(name), True
