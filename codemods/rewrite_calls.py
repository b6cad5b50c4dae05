"""rewrite-calls: a construction follows its engine's call rule.

Only the text between the arguments is edited, so that the arguments keep their layout and may hold edits of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from codemods.refusal import CodemodError
from codemods.work import Work
from planner.bridge import Bridge
from planner.decision import CallMove
from planner.facts import Call
from planner.model import Edit, decode
from planner.source import Source

ID = "rewrite-calls"

_COMMA = re.compile(r"(?:[^#,]|#[^\r\n]*+)*+,")
_KEYWORD = re.compile(r"[^\W\d]\w*\s*=\s*\Z")


def edits(work: Work) -> Iterator[Edit]:
    """Yield the edits of each call that a rule takes. Raises CodemodError."""
    for move in work.decision.calls:
        use = work.decision.facts.uses[move.use]
        if use.call is not None:
            yield from _call(work.source, move, use.call, use.line)


def _call(source: Source, move: CallMove, call: Call, line: int) -> Iterator[Edit]:
    bound = dict(move.bridge.bound)
    pieces, order = _pieces(move.bridge, move.callee, bound)
    after = source.data[call.end :].lstrip()[:1]
    if move.bridge.rule.awaited and after in (b".", b"(", b"["):
        pieces[0], pieces[-1] = f"({pieces[0]}", f"{pieces[-1]})"

    def edit(start: int, end: int, new: str) -> Iterator[Edit]:
        old = source.data[start:end]
        text = new.encode(source.encoding)
        if old != text:
            yield Edit(start, end, decode(old), decode(text), ID, line)

    def text(start: int, end: int) -> str:
        return source.data[start:end].decode(source.encoding)

    if not move.bridge.in_order or not order:
        whole = text(call.start, call.end)
        if "#" in whole:
            raise CodemodError("the arguments change places around a comment", line)
        given = [text(call.arguments[index].start, call.arguments[index].end) for index in order]
        yield from edit(call.start, call.end, "".join(_fill(pieces, given)))
        return
    arguments = [call.arguments[index] for index in order]
    yield from edit(call.start, arguments[0].start, _open(pieces[0], text(call.function_end, arguments[0].start), line))
    for number, (left, right) in enumerate(pairwise(arguments), 1):
        yield from edit(left.end, right.start, _between(pieces[number], text(left.end, right.start), line))
    yield from edit(arguments[-1].end, call.end, _close(pieces[-1], text(arguments[-1].end, call.end), line))


def _pieces(bridge: Bridge, callee: str, bound: dict[str, int]) -> tuple[list[str], list[int]]:
    """Return the rule's text around the given arguments, and their indices in the rule's order."""
    rule = bridge.rule
    defaults = {parameter.name: parameter.default for parameter in rule.parameters}
    pieces, order, position = [""], [], 0
    for name, start, end in rule.uses:
        pieces[-1] += rule.expression[position:start]
        position = end
        if name in bound:
            order.append(bound[name])
            pieces.append("")
        else:
            pieces[-1] += defaults[name]
    pieces[-1] += rule.expression[position:]
    root = re.compile(rf"(?<![\w.]){re.escape(rule.root)}(?!\w)")
    return [root.sub(lambda _: callee, piece) for piece in pieces], order


def _fill(pieces: list[str], given: list[str]) -> Iterator[str]:
    for number, piece in enumerate(pieces):
        yield piece
        if number < len(given):
            yield given[number]


def _open(piece: str, gap: str, line: int) -> str:
    """Return the text before the first argument: the layout behind the parenthesis is kept."""
    if gap.strip() and not gap.lstrip().startswith("("):
        raise CodemodError("a comment stands before the parenthesis", line)
    space = _KEYWORD.sub("", gap.lstrip()[1:])
    if piece.endswith("("):
        return piece + space
    if "#" in space:
        raise CodemodError("a comment stands before the first argument", line)
    return piece + (space if space.strip() == "" and "\n" in space else "")


def _between(piece: str, gap: str, line: int) -> str:
    """Return the text between two arguments; where it begins with a comma, the gap's layout and comments are kept."""
    space = _KEYWORD.sub("", gap)
    stripped = piece.strip()
    if stripped == ",":
        return space
    comma = _COMMA.match(space)
    if stripped.startswith(",") and comma is not None:
        return comma.group() + (space[comma.end() :] or " ") + stripped[1:].lstrip()
    if "#" in space:
        raise CodemodError("a comment stands between two arguments", line)
    return piece


def _close(piece: str, gap: str, line: int) -> str:
    """Return the text behind the last argument: a comma, a comment and a line break before the parenthesis are kept."""
    if ")" not in gap:  # a generator that brings the call's own parentheses
        return piece
    if piece == ")":
        return gap
    if piece.endswith(")") and not piece.endswith("))"):
        return piece[:-1] + gap
    if "#" in gap:
        raise CodemodError("a comment stands behind the last argument", line)
    return piece
