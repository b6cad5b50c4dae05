"""What a file says in strings and comments, and the attributes whose object cannot be told."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence

from planner.facts import MEMBER_ROLES, Interest, Text, Touch, Use
from planner.places import Places
from planner.visit import RawText, dotted, named_module

_MODULE = re.compile(r"\.*[^\W\d]\w*(?:\.[^\W\d]\w*)*")


class Texts:
    """Reads the strings, comments and loose attributes of one file."""

    def __init__(self, places: Places, interest: Interest) -> None:
        self._places, self._interest = places, interest
        self.raw, self.source = places.raw, places.source

    def strings(self) -> tuple[Text, ...]:
        """Return the string literals that hold a token."""
        tokens = self._interest.tokens
        if not tokens:
            return ()
        pattern = re.compile("|".join(re.escape(token) for token in sorted(tokens, key=len, reverse=True)))
        result: list[Text] = []
        for raw in self.raw.texts:
            value = raw.node.value
            taken = raw.member is not None and raw.member.attr in tokens
            if not isinstance(value, str) or not (taken or pattern.search(value)):
                continue
            result.append(self._text(raw, value))
        return tuple(sorted(result, key=lambda text: text.start))

    def _text(self, raw: RawText, value: str) -> Text:
        span = self._places.span(raw.node)
        start, simple = self._places.content(raw.node) if raw.role != "f-string" else (span[0], False)
        line, column = self.source.position(span[0])
        return Text(
            value=value,
            start=start,
            end=start + len(value.encode(self.source.encoding)) if simple else span[1],
            line=line,
            column=column,
            role=raw.role,
            simple=simple,
            argument=dotted(raw.argument) if raw.argument is not None else "",
            argument_start=self._places.span(raw.argument)[0] if raw.argument is not None else -1,
            argument_module=named_module(raw.argument) if raw.argument is not None else "",
            member=self._member(raw.member) if raw.member is not None else None,
        )

    def named(self) -> frozenset[str]:
        """Return the strings that may name a module."""
        if not self._interest.tokens:
            return frozenset()
        found: set[str] = set()
        for raw in self.raw.texts:
            value = raw.node.value
            if isinstance(value, str) and (raw.role == "import" or "." in value) and _MODULE.fullmatch(value):
                found.add(value)
        return frozenset(found)

    def _member(self, node: ast.Attribute) -> tuple[str, int, int] | None:
        end = self._places.span(node)[1]
        start = end - len(node.attr.encode(self.source.encoding))
        certain = self.source.data[start:end] == node.attr.encode(self.source.encoding)
        return (node.attr, start, end) if certain else None

    def loose(self, uses: Sequence[Use]) -> tuple[tuple[str, int, int], ...]:
        """Return the attributes that are tokens, those left out that belong to a use of a relevant name."""
        found: set[tuple[str, int, int]] = set()
        known = {start for use in uses for _, start, _ in use.attributes}
        taken = (self._member(raw.member) for raw in self.raw.texts if raw.member is not None)
        known |= {member[1] for member in taken if member is not None}
        for node in self.raw.attributes:
            if node.attr in self._interest.tokens and node.end_lineno is not None:
                start = self.source.offset(node.end_lineno, node.end_col_offset or 0) - len(node.attr.encode())
                if start not in known:
                    line, column = self.source.position(start)
                    found.add((node.attr, line, column))
        return tuple(sorted(found))

    def members(self, touches: Sequence[Touch]) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Return where attributes are used that the contract gate wants to know, those that syntax calls included."""
        wanted = self._interest.members
        found: dict[str, list[int]] = {}
        for touch in touches:
            if touch.kind == "syntax" and touch.name in wanted:
                found.setdefault(touch.name, []).append(touch.line)
        if wanted:
            for node in self.raw.attributes:
                if node.attr in wanted:
                    found.setdefault(node.attr, []).append(node.end_lineno or node.lineno)
            for text in self.raw.texts:
                if isinstance(text.node.value, str) and text.node.value in wanted and text.role in MEMBER_ROLES:
                    found.setdefault(text.node.value, []).append(text.node.lineno)
        return tuple((name, tuple(sorted(lines))) for name, lines in sorted(found.items()))

    def comments(self) -> tuple[tuple[str, int, int], ...]:
        """Return the comments that hold a token, as (text from `#` to the line's end, line, column)."""
        data = self.source.data
        if not self._interest.tokens or b"#" not in data:
            return ()
        strings: list[tuple[int, int]] | None = None
        result: dict[int, tuple[str, int, int]] = {}
        for place in _places(data, self._interest.tokens):
            line, _ = self.source.position(place)
            start = self.source.starts[line - 1]
            mark = data.find(b"#", start, place)
            if line in result or mark < 0:
                continue
            strings = self._string_spans() if strings is None else strings
            while mark >= 0 and _inside(strings, mark):
                mark = data.find(b"#", mark + 1, place)
            if mark >= 0 and not _inside(strings, place):
                _, end = self.source.line_bounds(place)
                result[line] = (data[mark:end].decode(self.source.encoding, "replace"), line, mark - start)
        return tuple(result[line] for line in sorted(result))

    def _string_spans(self) -> list[tuple[int, int]]:
        return [
            self._places.span(raw.node)
            for raw in self.raw.texts
            if (raw.node.end_lineno or 0) > raw.node.lineno or "#" in str(raw.node.value)
        ]


def _places(data: bytes, tokens: Iterable[str]) -> list[int]:
    """Return where tokens stand, sorted; one that holds another token is found by that one."""
    found: set[int] = set()
    known: list[bytes] = []
    for token in sorted((token.encode() for token in tokens), key=lambda token: (len(token), token)):
        if any(other in token for other in known):
            continue
        known.append(token)
        place = data.find(token)
        while place >= 0:
            found.add(place)
            place = data.find(token, place + 1)
    return sorted(found)


def _inside(spans: list[tuple[int, int]], offset: int) -> bool:
    return any(start <= offset < end for start, end in spans)
