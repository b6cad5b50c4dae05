"""What a survey asks of the bytes of files before any of them is parsed."""

from __future__ import annotations

from functools import partial

from planner.markup import read_blocks, readable_blocks
from planner.scans import Question
from planner.search import Takers, takers_name, takes
from planner.words import Whole

STARS = ("import *", "import\t*", "import  *")
"""What nearly every star import holds."""
PART, WHOLE, STAR = "p", "w", "s"
"""Letters of `names_in`'s answer: a name stands there, at least as a part of another one; as a whole one; a star."""


def names_in(whole: Whole) -> Question:
    """Ask whether a file holds a name at all, or as a whole one, and what looks like a star import."""
    stars = [star.encode() for star in STARS]

    def answer(data: bytes) -> str:
        held = ("", PART, PART + WHOLE)[whole.held(data)]
        return held + (STAR if any(star in data for star in stars) else "")

    return Question(f"names {whole.names}", answer)


def blocks_in(suffix: str, whole: Whole) -> Question:
    """Ask which code blocks of a document (by the end of its path) are Python, if any holds one of the names.

    It takes a parse of each block, so it is for `Scans.begin_asking`.
    """
    return Question(f"blocks {suffix} {whole.names}", partial(_blocks, suffix, whole))


def taken_of(takers: Takers) -> Question:
    """Ask whether a file may take one of the names."""
    return Question(f"takes {takers_name(takers)}", partial(_taken, takers))


def _blocks(suffix: str, whole: Whole, data: bytes) -> str:
    found = read_blocks(suffix, data, whole)
    return "" if found is None else readable_blocks(found)


def _taken(takers: Takers, data: bytes) -> str:
    return "yes" if takes(data, takers) else ""
