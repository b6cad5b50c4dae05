"""What the text of a file says of the engines, each mention with its place: what documents are read by."""

from __future__ import annotations

from msgspec import Struct

from planner.comments import comments, covered
from planner.links import links
from planner.mentions import Mention, Mentions
from planner.model import decode, encode


class Mark(Struct, frozen=True):
    """A mention in a file: its line (1-based) and column (0-based, in bytes), and the offset of its first byte.

    `hidden` tells that it stands in a comment.
    """

    mention: Mention
    line: int
    column: int
    offset: int
    hidden: bool


class Marks(Struct, frozen=True):
    """All marks of one file, in order."""

    found: tuple[Mark, ...] = ()


def marks(path: str, data: bytes, mentions: Mentions) -> Marks:
    """Return the mentions in a file's text, links to files included. The path tells what kind of file it is."""
    text = decode(data)
    every = _with_links(list(mentions.find(text)), list(links(path, text, mentions.files)))
    hidden = comments(path, text) if every else ()
    found: list[Mark] = []
    # All counted on from the mention before: a line may be as long as the file.
    line, column, offset, seen = 1, 0, 0, 0
    for mention in every:
        between = encode(text[seen : mention.start])
        seen = mention.start
        offset += len(between)
        line += between.count(b"\n")
        last = between.rfind(b"\n")
        column = len(between) - last - 1 if last >= 0 else column + len(between)
        found.append(Mark(mention, line, column, offset, covered(hidden, mention.start)))
    return Marks(tuple(found))


def _with_links(mentions: list[Mention], found: list[Mention]) -> list[Mention]:
    """Return the mentions with those links in which none of them stands, in order."""
    more = [link for link in found if not any(link.start <= item.start < link.end for item in mentions)]
    return sorted([*mentions, *more], key=lambda item: item.start) if more else mentions
