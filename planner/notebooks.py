"""Notebooks: the sources of their cells, with the place of every character in the file (nbformat 4).

A code cell is Python but for what IPython adds to it (IPython's documentation, "IPython reference": magics, shell
commands, help, automatic calls). Of the cell magics only those that run the cell as Python here leave it Python.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from planner.embedded import Embedded, Piece, neutral, parses

NOTEBOOK = ".ipynb"

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")
_SAME_CELL = frozenset({"time", "timeit", "capture", "prun"})
"""The cell magics below which the cell stays Python of this notebook's module."""

_ELSEWHERE = frozenset(
    {
        "bash",
        "cmd",
        "file",
        "html",
        "HTML",
        "javascript",
        "js",
        "latex",
        "markdown",
        "perl",
        "powershell",
        "ruby",
        "script",
        "sh",
        "svg",
        "SVG",
        "sx",
        "system",
        "writefile",
    }
)
"""The cell magics that do not use the names of this notebook."""

_MAGIC_LINE = re.compile(r"\s*+(?:[%!?]|[\w.,][\w.,\s]*=\s*[%!](?!=)|[^#]*\?\s*$)")
_CELL_MAGIC = re.compile(r"\s*%%(!?\w*)")

Path = tuple[str | int, ...]


class Notebook(Struct, frozen=True):
    """The cells of a notebook: its Python, and the sources that are none, for the mentions in them.

    `why` says why a mention that is not in the Python stays.
    """

    code: Embedded
    texts: tuple[Piece, ...]
    why: str = "a notebook's text is listed, not edited"


def read_notebook(path: str, data: bytes) -> Notebook | str:
    """Return the cells of a notebook, none of one in another language; or why it cannot be read."""
    try:
        content = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        return f"a notebook that cannot be read: {str(error).partition(chr(10))[0]}"
    if not isinstance(content, dict) or content.get("nbformat") != 4 or not isinstance(content.get("cells"), list):
        return "a notebook of a format other than nbformat 4"
    language = _language(content)
    if language not in ("python", "ipython", ""):
        return Notebook(Embedded(path, data, ()), (), f"listed, not edited: a notebook in the language {language}")
    sources = _sources(data)
    pieces: list[Piece] = []
    texts: list[Piece] = []
    for number, cell in enumerate(content["cells"]):
        source = cell.get("source") if isinstance(cell, dict) else None
        text = "".join(map(str, source)) if isinstance(source, list) else source
        piece = sources.get(number)
        if piece is None or not isinstance(text, str):
            continue
        if piece.text != text:
            return "a notebook with a key that stands twice"
        if cell.get("cell_type") == "code":
            pieces.append(_masked(piece))
        else:
            texts.append(piece)
    code = Embedded(path, data, tuple(pieces))
    return Notebook(code, (*texts, *(piece for piece in pieces if not piece.readable or piece.masked)))


def _language(content: dict[str, object]) -> str:
    metadata = content.get("metadata")
    found: list[str] = []
    for table, key in (("language_info", "name"), ("kernelspec", "language")):
        inner = metadata.get(table) if isinstance(metadata, dict) else None
        if isinstance(inner, dict) and isinstance(inner.get(key), str):
            found.append(str(inner[key]).lower())
    return found[0] if found else ""


# ---- JSON with places -----------------------------------------------------------------------------------------------


def _sources(data: bytes) -> dict[int, Piece]:
    """Return the source of each cell that has one, by its number."""
    found: dict[int, Piece] = {}
    previous = 0
    joined: set[int] = set()
    for path, start, end in _strings(data):
        if len(path) not in (3, 4) or path[0] != "cells" or path[2] != "source":
            continue
        number = int(path[1])
        part = _string(data, start, end)
        known = found.get(number)
        if known is None:
            found[number] = replace(part, between=_border(data, start)) if len(path) == 4 else part
        else:
            found[number] = replace(
                part,
                text=known.text + part.text,
                starts=(*known.starts, *part.starts),
                ends=(*known.ends, *part.ends),
                between=known.between if number in joined else data[previous - 1 : start + 1],
            )
            joined.add(number)
        previous = end
    return found


def _border(data: bytes, start: int) -> bytes:
    """Return what stands between two strings of a list, of which there is one, at `start`."""
    line = data.rfind(b"\n", 0, start) + 1
    if data[line:start].strip():
        return b'", "'
    newline = b"\r\n" if data[line - 2 : line] == b"\r\n" else b"\n"
    return b'",' + newline + data[line:start] + b'"'


def _strings(data: bytes) -> Iterator[tuple[Path, int, int]]:
    """Yield the strings of a JSON text that are values, each with the keys and indices that lead to it."""
    stack: list[str | int | None] = []
    key: bytes | None = None
    previous = b""
    for match in _TOKEN.finditer(data):
        token = match.group()
        if token in (b"{", b"["):
            stack.append(None if token == b"{" else 0)
        elif token in (b"}", b"]"):
            stack.pop()
        elif token == b",":
            if isinstance(stack[-1], int):
                stack[-1] += 1
        elif token == b":":
            stack[-1] = json.loads(key or b'""')
        elif token.startswith(b'"'):
            is_key = bool(stack) and not isinstance(stack[-1], int) and previous in (b"{", b",")
            if is_key:
                key = token
            elif None not in stack:
                yield tuple(part for part in stack if part is not None), match.start(), match.end()
        previous = token


def _string(data: bytes, start: int, end: int) -> Piece:
    """Return the text of one JSON string (quotes within the span), with the bytes of each character."""
    raw = data[start + 1 : end - 1].decode("utf-8")
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    offset, index = start + 1, 0
    while index < len(raw):
        escape = _ESCAPE.match(raw, index) if raw[index] == "\\" else None
        written = escape.group() if escape is not None else raw[index]
        characters.append(json.loads(f'"{written}"') if escape is not None else written)
        starts.append(offset)
        offset += len(written.encode())
        ends.append(offset)
        index += len(written)
    return Piece("".join(characters), tuple(starts), tuple(ends), escaped=True)


# ---- what is Python -------------------------------------------------------------------------------------------------


def _masked(piece: Piece) -> Piece:
    """Return a code cell with what IPython adds marked as no Python."""
    lines = piece.text.splitlines(keepends=True)
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    masked: set[int] = set()
    cell_magic = _CELL_MAGIC.match(lines[first]) if first is not None else None
    if cell_magic is not None and first is not None:
        if cell_magic.group(1) not in _SAME_CELL:
            return replace(piece, readable=False, elsewhere=cell_magic.group(1) in _ELSEWHERE)
        masked.add(first)
    if _odd_line_ends(piece.text):
        return replace(piece, readable=False)
    if parses(_without(lines, masked)):
        return replace(piece, masked=frozenset(masked))
    number = 0
    while number < len(lines):
        if number not in masked and _MAGIC_LINE.match(lines[number]):
            masked.add(number)
            while lines[number].rstrip("\r\n").endswith("\\") and number + 1 < len(lines):
                number += 1
                masked.add(number)
        number += 1
    if parses(_without(lines, masked)):
        return replace(piece, masked=frozenset(masked))
    return replace(piece, readable=False)


def _odd_line_ends(text: str) -> bool:
    """Tell whether a text has line ends that Python and `str.splitlines` do not count alike."""
    return any(mark in text for mark in "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


def _without(lines: list[str], masked: set[int]) -> str:
    kept: list[str] = []
    for number, line in enumerate(lines):
        continued = number - 1 in masked and lines[number - 1].rstrip("\r\n").endswith("\\")
        kept.append(neutral(line, continued=continued) + "\n" if number in masked else line)
    return "".join(kept)
