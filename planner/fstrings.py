"""Where the expressions of an f-string stand. Before PEP 701 (Python 3.12) the parser's own positions are not reliable.

The literal is read as CPython 3.11 read it (`fstring_find_literal`, `fstring_find_expr` in Parser/string_parser.c), and
each expression is parsed again by itself; where that gives another tree than the parser's, nothing is told.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from collections.abc import Iterator

from msgspec import Struct

_LITERAL = re.compile(r"([A-Za-z]*)(\"\"\"|'''|\"|')")
_OPENING, _CLOSING = {"(": ")", "[": "]", "{": "}"}, ")]}"


class Place(Struct, frozen=True):
    """The half-open span of a node in characters of the f-string's source; `quote` is that of its literal.

    `shown` tells that the f-string prints the node's source text (`f"{name=}"`).
    """

    start: int
    end: int
    quote: str
    shown: bool


class _Expression(Struct, frozen=True):
    start: int
    end: int
    shown: bool


class _UnreadableError(ValueError):
    """The text is not read as CPython read it."""


def places(text: str, joined: ast.JoinedStr) -> dict[int, Place]:
    """Return the places of the nodes of an f-string by `id`, {} where they cannot be told with certainty.

    `text` is the source of `joined`, all literals of an implicit concatenation included.
    """
    try:
        return dict(_places(text, joined))
    except (_UnreadableError, tokenize.TokenError, SyntaxError, ValueError, RecursionError, MemoryError):
        return {}


def _places(text: str, joined: ast.JoinedStr) -> Iterator[tuple[int, Place]]:
    found = [
        (expression, quote)
        for start, end, quote, raw in _literals(text)
        for expression in _Reader(text[:end], start, raw).literal()
    ]
    values = list(_values(joined))
    if len(found) != len(values):
        raise _UnreadableError
    for (expression, quote), value in zip(found, values, strict=True):
        source = text[expression.start : expression.end]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            again = ast.parse(f"({source})", mode="eval").body
        if ast.dump(again) != ast.dump(value):
            raise _UnreadableError
        yield from _matched(source, expression, quote, value, again)


def _matched(
    source: str, expression: _Expression, quote: str, value: ast.expr, again: ast.expr
) -> Iterator[tuple[int, Place]]:
    lines = f"({source})".split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode()) - 1

    inside: set[int] = set()
    for node, twin in zip(ast.walk(value), ast.walk(again), strict=True):
        if not isinstance(node, ast.expr) or not isinstance(twin, ast.expr) or id(node) in inside:
            continue
        start = offset(twin.lineno, twin.col_offset)
        end = offset(twin.end_lineno or twin.lineno, twin.end_col_offset or 0)
        yield id(node), Place(start + expression.start, end + expression.start, quote, expression.shown)
        if isinstance(node, ast.JoinedStr):
            inside |= {id(item) for item in ast.walk(node)}
            for key, place in _places(source[start:end], node):
                base = expression.start + start
                # An inner literal's text may hold neither its own quotes nor those around it.
                yield key, Place(place.start + base, place.end + base, quote + place.quote, expression.shown)


def _values(joined: ast.JoinedStr) -> Iterator[ast.expr]:
    """Yield the expressions in the order of the source, those of format specifications behind their own."""
    for part in joined.values:
        if isinstance(part, ast.FormattedValue):
            yield part.value
            if isinstance(part.format_spec, ast.JoinedStr):
                yield from _values(part.format_spec)


def _literals(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Yield (start, end, quote, raw) of the content of each f-string literal of a concatenation."""
    lines = f"({text})".splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    for token in tokenize.generate_tokens(io.StringIO(f"({text})", newline="").readline):
        if token.type != tokenize.STRING:
            continue
        match = _LITERAL.match(token.string)
        if match is None:
            raise _UnreadableError
        prefix, quote = match.group(1).lower(), match.group(2)
        start = starts[token.start[0] - 1] + token.start[1] - 1
        if "f" in prefix:
            yield start + match.end(), start + len(token.string) - len(quote), quote, "r" in prefix


class _Reader:
    """Reads one literal's content, up to the end of `text`."""

    def __init__(self, text: str, start: int, raw: bool) -> None:
        self.text, self.at, self.raw = text, start, raw

    def literal(self, inner: bool = False) -> Iterator[_Expression]:
        """Yield the expressions of a literal, or of a format specification, which ends at a closing brace."""
        text = self.text
        while self.at < len(text):
            char = text[self.at]
            if char == "\\" and not self.raw:
                named = text.startswith("\\N{", self.at)
                self.at = text.index("}", self.at) + 1 if named else self.at + 2
            elif char in "{}" and not inner and text.startswith(char * 2, self.at):
                self.at += 2
            elif char == "{":
                self.at += 1
                yield from self._expression()
            elif char == "}":
                if inner:
                    return
                raise _UnreadableError
            else:
                self.at += 1
        if inner:
            raise _UnreadableError

    def _expression(self) -> Iterator[_Expression]:
        start, text = self.at, self.text
        self._skip_expression()
        end, shown = self.at, text[self.at : self.at + 1] == "="
        if shown:
            self.at += 1
            while text[self.at : self.at + 1].isspace():
                self.at += 1
        yield _Expression(start, end, shown)
        if text[self.at : self.at + 1] == "!":
            self.at += 2
        if text[self.at : self.at + 1] == ":":
            self.at += 1
            yield from self.literal(inner=True)
        if text[self.at : self.at + 1] != "}":
            raise _UnreadableError
        self.at += 1

    def _skip_expression(self) -> None:
        text, nesting = self.text, ""
        while self.at < len(text):
            char = text[self.at]
            if char in "\\#":
                raise _UnreadableError
            if char in "'\"":
                self._skip_string(char * 3 if text.startswith(char * 3, self.at) else char)
                continue
            if char in _OPENING:
                nesting += _OPENING[char]
            elif nesting and char == nesting[-1]:
                nesting = nesting[:-1]
            elif not nesting and char in "!=<>" and text[self.at + 1 : self.at + 2] == "=":
                self.at += 1
            elif not nesting and char in "!:}=":
                return
            elif char in _CLOSING:
                raise _UnreadableError
            self.at += 1
        raise _UnreadableError

    def _skip_string(self, quote: str) -> None:
        end = self.text.find(quote, self.at + len(quote))
        if end < 0:
            raise _UnreadableError
        self.at = end + len(quote)
