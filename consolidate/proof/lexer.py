"""A small lexer for Python of any version, for files that `ast` does not read: it needs no grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from consolidate.proof.allowed import NotProvedError

_TOKEN: Final = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*)
    | (?P<string>[bBuU]?[rR]?(?:
          \"\"\"(?:[^\\]|\\.)*?\"\"\" | '''(?:[^\\]|\\.)*?'''
        | "(?:[^"\\\r\n]|\\(?:\r\n|.))*" | '(?:[^'\\\r\n]|\\(?:\r\n|.))*' ))
    | (?P<name>[^\W\d]\w*)
    | (?P<number>\d[\w.]*|\.\d\w*)
    | (?P<newline>\r\n|\r|\n)
    | (?P<blank>(?:[ \t\f]|\\(?:\r\n|\r|\n))+)
    | (?P<operator>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(Struct, frozen=True):
    """One token: `kind` is a group of the pattern, `indent` for blanks that begin a line. `line` is 1-based."""

    kind: str
    text: str
    line: int


def tokens(source: bytes) -> Iterator[Token]:
    """Yield the tokens of a file's bytes, read as latin-1; blanks only where they are indentation.

    Raises NotProvedError where a string does not end.
    """
    line, fresh = 1, True
    for match in _TOKEN.finditer(source.decode("latin-1")):
        kind, text = match.lastgroup or "", match.group()
        if kind == "operator" and text in "\"'":
            raise NotProvedError(line, "a string does not end")
        if kind == "blank" and fresh:
            yield Token("indent", text, line)
        elif kind != "blank":
            yield Token(kind, text, line)
        fresh = kind == "newline"
        line += len(re.findall(r"\r\n|\r|\n", text))
