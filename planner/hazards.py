"""Files that no parser is shown, or only with care: told from cheap facts of their bytes."""

from __future__ import annotations

import encodings
import encodings.aliases
import importlib.util
import re
from itertools import accumulate

LARGEST = 20_000_000
"""Bytes of the largest file that is read; of a larger one, a snapshot gives one byte more than this."""

_LARGE = 1_000_000
_DEEP = 80
_LONG = 100_000
_PYTHON = (".py", ".pyi")
_COOKIE = re.compile(rb"[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)")  # PEP 263
_BRACKETS = b"()[]{}"
_OTHERS = bytes(set(range(256)) - set(_BRACKETS))
_PAIRS = (b"()", b"[]", b"{}")
_ROUNDS = 3
_STEP = {byte: 1 if byte in b"([{" else -1 for byte in _BRACKETS}
_NO_TEXT = frozenset(
    {
        *("base64_codec", "bz2_codec", "hex_codec", "quopri_codec", "rot_13", "uu_codec", "zlib_codec", "charmap"),
        *("utf_7", "utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "mbcs", "oem", "undefined"),
        *("idna", "punycode", "raw_unicode_escape", "unicode_escape"),
    }
)
"""Codecs of the standard library that are none for source code: not from bytes to text, or with a state."""


def refusal(path: str, data: bytes) -> str:
    """Return why a file is shown to no parser, "" where one may have it.

    A coding cookie is looked up among the standard library's codecs only: one that something else has registered may
    run whatever it likes.
    """
    if len(data) > LARGEST:
        return f"larger than {LARGEST // 1_000_000} MB"
    if not path.endswith(_PYTHON):
        return ""
    if b"\0" in data:
        return "it holds NUL bytes"
    if b"coding" in data[:100_000]:
        cookie = _cookie(data)
        if cookie and not _is_for_text(cookie):
            return f"its encoding {cookie[:40]} is none for Python's source code"
    return ""


def is_risky(data: bytes) -> bool:
    """Tell whether a file may cost a parser its process, or all memory: it is large, has a long line, or nests deeply.

    Brackets in strings and comments count, so that this errs on the side of care.
    """
    if len(data) > _LARGE:
        return True
    if len(data) > _LONG and max(map(len, data.split(b"\n"))) > _LONG:
        return True
    brackets = left = data.translate(None, _OTHERS)
    for removed, pair in enumerate(_PAIRS * _ROUNDS):
        if len(left) + removed <= _DEEP:
            return False
        left = left.replace(pair, b"")  # what stands side by side is one deep
    return _rise(left) + len(_PAIRS) * _ROUNDS > _DEEP and _rise(brackets) > _DEEP


def _rise(brackets: bytes) -> int:
    """Return how far the depth rises above the lowest point before: what was closed too early counts, too."""
    depth = list(accumulate(map(_STEP.__getitem__, brackets)))
    return max(map(int.__sub__, depth, accumulate([0, *depth], min)), default=0)


def _cookie(data: bytes) -> str:
    """Return the encoding that a file declares in its first two lines, "" where it declares none."""
    for line in re.split(rb"\r\n|\r|\n", data.removeprefix(b"\xef\xbb\xbf"), maxsplit=2)[:2]:
        if found := _COOKIE.match(line):
            return found.group(1).decode("ascii", "backslashreplace")
        if line.strip() and not line.lstrip().startswith(b"#"):
            break
    return ""


def _is_for_text(name: str) -> bool:
    normal = encodings.normalize_encoding(name).lower()
    normal = encodings.aliases.aliases.get(normal, normal)
    if normal in _NO_TEXT or "." in normal or normal in ("aliases", ""):
        return False
    return importlib.util.find_spec(f"encodings.{normal}") is not None
