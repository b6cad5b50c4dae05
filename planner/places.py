"""Where the nodes of a tree stand in a file's bytes; what cannot be placed with certainty says so."""

from __future__ import annotations

import ast
import re

from planner.fstrings import Place, places
from planner.scopes import Load
from planner.source import Source
from planner.visit import PEP_701, Visitor

_SHOWN = re.compile(rb"[\s)]*=")
_PREFIX = re.compile(rb"[rRbBuUfFtT]{0,2}(\"\"\"|'''|\"|')")


class Places:
    """Places what a visitor collected in one file."""

    def __init__(self, source: Source, raw: Visitor) -> None:
        self.source, self.raw = source, raw
        self.loads: dict[str, list[Load]] = {}
        for load in raw.loads:
            self.loads.setdefault(load.node.id, []).append(load)
        self._joined: dict[int, dict[int, Place]] = {}

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
        span = self.span_of(load, load.node)
        if span is None:
            return self.span(load.joined or load.node)[0], self.span(load.joined or load.node)[0] + len(name), False
        start = span[0]
        return start, start + len(name), self.source.data[start : start + len(name)] == name

    def _width(self, quoted: ast.Constant, column: int) -> int:
        """Return how many bytes of the file the first `column` UTF-8 bytes of a string's value take."""
        return len(str(quoted.value).encode("utf-8")[:column].decode("utf-8").encode(self.source.encoding))

    def in_quotes(self, quoted: ast.Constant, node: ast.Attribute) -> int:
        """Return where an attribute inside a quoted annotation ends; a wrong guess is found by comparing the bytes."""
        start, simple = self.content(quoted)
        return start + self._width(quoted, node.end_col_offset or 0) if simple and node.end_lineno == 1 else start

    def span_of(self, load: Load, node: ast.expr) -> tuple[int, int] | None:
        """Return the bytes that a node of a load's chain or call spans, None where they cannot be told."""
        if load.quoted is not None:
            return None
        if load.joined is None or PEP_701:
            return self.span(node)
        place = self._places(load.joined).get(id(node))
        return (place.start, place.end) if place is not None else None

    def quotes(self, load: Load) -> str:
        """Return the quotes of the f-strings that a load stands in and whose text must not hold them."""
        if load.joined is None or PEP_701:
            return ""
        place = self._places(load.joined).get(id(load.node))
        return place.quote if place is not None else ""

    def printed(self, load: Load) -> bool:
        """Tell whether an f-string prints the source text of a load, not only its value."""
        if load.joined is None:
            return False
        if not PEP_701:
            place = self._places(load.joined).get(id(load.node))
            return place is not None and place.shown
        for part in ast.walk(load.joined):
            if isinstance(part, ast.FormattedValue) and load.node in ast.walk(part.value):
                end = self.span(part.value)[1]
                return _SHOWN.match(self.source.data, end) is not None
        return False

    def _places(self, joined: ast.JoinedStr) -> dict[int, Place]:
        """Return the places of an f-string's nodes in bytes of the file."""
        if id(joined) not in self._joined:
            start, end = self.span(joined)
            text = self.source.data[start:end].decode(self.source.encoding)

            def offset(characters: int) -> int:
                return start + len(text[:characters].encode(self.source.encoding))

            self._joined[id(joined)] = {
                key: Place(offset(place.start), offset(place.end), place.quote, place.shown)
                for key, place in places(text, joined).items()
            }
        return self._joined[id(joined)]
