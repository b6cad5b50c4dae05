"""What the syntax tree does not hold: encoding, line ends, comments; and reading a file without ever raising."""

from __future__ import annotations

import ast
import codecs
import gc
import io
import re
import tokenize
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from consolidate.proof.allowed import Failure

# What the parser may raise on hostile bytes: NUL (ValueError), an unknown cookie (SyntaxError or LookupError), nesting.
UNREADABLE: Final = (SyntaxError, ValueError, LookupError, RecursionError, MemoryError, OverflowError)
_NEWLINE: Final = re.compile(rb"\r\n|\n|\r")


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the cyclic collector from scanning trees while they are built, which would double the time of a proof."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def parse(source: bytes) -> ast.Module | Failure:
    """Return the tree of a Python file's bytes (byte order mark and PEP 263 cookie honoured), or why there is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source, type_comments=False)
        except UNREADABLE as error:
            return Failure(getattr(error, "lineno", None) or 0, f"does not parse: {_message(error)}")


def compiles(source: bytes | ast.Module) -> Failure | None:
    """Return what the compiler refuses beyond the grammar (`await` outside a function, a late `global`).

    Nothing is run.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(source, "<proof>", "exec", dont_inherit=True)
        except UNREADABLE as error:
            return Failure(getattr(error, "lineno", None) or 0, f"does not compile: {_message(error)}")
    return None


def _message(error: BaseException) -> str:
    return str(getattr(error, "msg", None) or error or error.__class__.__name__)


def different_layout(old: bytes, new: bytes) -> Failure | None:
    """Return the first difference of byte order mark, encoding declaration or line ends, else None."""
    if old.startswith(codecs.BOM_UTF8) != new.startswith(codecs.BOM_UTF8):
        return Failure(1, "the byte order mark changed")
    if _encoding(old) != _encoding(new):
        return Failure(1, "the encoding declaration changed")
    ends = set(_NEWLINE.findall(old))
    if ends:
        for number, end in enumerate(_NEWLINE.findall(new), 1):
            if end not in ends:
                return Failure(number, f"line end {end!r} is foreign to the file")
        if (_NEWLINE.search(old[-2:]) is None) != (_NEWLINE.search(new[-2:]) is None):
            return Failure(new.count(b"\n") + 1, "the end of the last line changed")
    return None


def _encoding(source: bytes) -> str:
    try:
        return tokenize.detect_encoding(io.BytesIO(source).readline)[0]
    except SyntaxError:
        return "unknown"


def lost_comment(old: bytes, new: bytes) -> Failure | None:
    """Return the first comment that is not the same in both, or not in the same order.

    None also where the tokenizer gives up.

    Everything from the first `#` of a line to its end holds every comment: where these ends agree, and the syntax trees
    agree, so do the comments. Only where they differ are the files tokenized, which is slow.
    """
    if b"#" not in old and b"#" not in new:
        return None
    if _tails(old) == _tails(new):
        return None
    before, after = _comments(old), _comments(new)
    if before is None or after is None:
        return None
    for (text, _), (other, line) in zip(before, after, strict=False):
        if text != other:
            return Failure(line, f"comment {text!r} became {other!r}")
    if len(before) > len(after):
        return Failure(0, f"comment {before[len(after)][0]!r} is lost")
    if len(after) > len(before):
        return Failure(after[len(before)][1], f"comment {after[len(before)][0]!r} is new")
    return None


def _tails(source: bytes) -> list[bytes]:
    return [line[line.index(b"#") :].rstrip(b"\r\n") for line in source.splitlines() if b"#" in line]


def _comments(source: bytes) -> list[tuple[str, int]] | None:
    try:
        return [
            (token.string, token.start[0])
            for token in tokenize.tokenize(io.BytesIO(source).readline)
            if token.type == tokenize.COMMENT
        ]
    except (tokenize.TokenError, SyntaxError, ValueError, LookupError, RecursionError):
        return None
