"""Commit messages: header, wrapped paragraphs and trailers, written and read back (git-interpret-trailers(1))."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 72

PHASE = "Consolidate-Phase"
MIGRATION = "Consolidate-Migration"
PLAN = "Consolidate-Plan"
VERSION = "Consolidate-Version"
REVERTS = "Consolidate-Reverts"

_TRAILER = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]*)\s*:\s*(.*)")


def format_message(header: str, body: Sequence[str], trailers: Iterable[tuple[str, str]] = ()) -> str:
    """Return a commit message: the header cut to 72 characters, the body's paragraphs wrapped at 72, the trailers last.

    In a paragraph every line is wrapped by itself, so a list stays a list. Line ends in the header or in a trailer
    become blanks: neither can smuggle in a trailer.
    """
    subject = " ".join(header.split())
    if len(subject) > WIDTH:
        subject = subject[: WIDTH - 1].rstrip() + "…"
    blocks = [subject, *(_wrapped(paragraph) for paragraph in body if paragraph.strip())]
    last = "\n".join(f"{key}: {' '.join(value.split())}" for key, value in trailers)
    return "\n\n".join([*blocks, last] if last else blocks) + "\n"


def parse_trailers(message: str) -> tuple[tuple[str, str], ...]:
    """Return the trailers of a commit message as pairs of key and value, in their order.

    Trailers are the paragraphs at the end that hold nothing else: the last one, and those right before it, because
    tools that sign off or add co-authors start a paragraph of their own. The subject is never one.
    """
    found: tuple[tuple[str, str], ...] = ()
    for paragraph in reversed(paragraphs(message)[1:]):
        trailers = block(paragraph)
        if not trailers:
            break
        found = trailers + found
    return found


def paragraphs(message: str) -> list[str]:
    """Return the paragraphs of a message or of a part of it: blank lines are between them."""
    return re.split(r"\n(?:[ \t]*\n)+", message.replace("\r\n", "\n").strip())


def block(paragraph: str) -> tuple[tuple[str, str], ...]:
    """Return the paragraph's trailers, or nothing if a line of it is something else."""
    found: list[tuple[str, str]] = []
    for text in paragraph.split("\n"):
        if found and text[:1] in (" ", "\t"):  # a value that goes on in the next line
            key, value = found[-1]
            found[-1] = (key, f"{value} {text.strip()}")
        elif match := _TRAILER.fullmatch(text.rstrip()):
            found.append((match[1], match[2]))
        elif not text.startswith("(cherry picked from commit "):
            return ()
    return tuple(found)


def _wrapped(paragraph: str) -> str:
    lines = []
    for text in paragraph.strip("\n").split("\n"):
        body = text.lstrip()
        indent = " " * (len(text) - len(body))
        hanging = indent + ("  " if body.startswith(("- ", "* ")) else "")
        lines += textwrap.wrap(
            body,
            WIDTH,
            initial_indent=indent,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return "\n".join(lines)
