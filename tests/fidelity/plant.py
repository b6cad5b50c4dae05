"""References to a legacy module, planted in real files: every way to import it, everywhere, in every layout."""

from __future__ import annotations

import ast
import codecs
import io
import re
import tokenize
import warnings
from dataclasses import dataclass

LEGACY = "planted_legacy.engines.old_engine"
_LINES = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=]")

# At module level, behind the docstring and `from __future__`. Each binds what its uses use.
HEADS = (
    ("from {m} import OldPlanted",),
    ("import {m}",),
    ("import {m} as planted_module  # why",),
    ("from planted_legacy.engines import old_engine",),
    ("try:", "\tfrom {m} import OldPlanted", "except ImportError:", "\tOldPlanted = None"),
    ("from typing import TYPE_CHECKING", "if TYPE_CHECKING:", "    from {m} import OldPlanted"),
    ("from {m} import (  # one", "        OldPlanted as Planted,  # two", "  # three", ")"),
    ("from {m} import OldPlanted ; planted_x = 1",),
    ("from {m} import make_planted, OldPlanted",),
    (
        "\f",
        "from  {m}  import  OldPlanted   # trailing blanks  ",
    ),
)
# At the end of the file, by the head that binds the names.
_PLAIN = (
    "planted_1 = OldPlanted ( 1,right = 2 )",
    "",
    "def planted_2(x: 'OldPlanted', y: \"list[OldPlanted]\" = ()) -> 'OldPlanted | None':",
    "\treturn (OldPlanted(",
    "\t\tx,  # why",
    "\t\t2).run_planted())  ",
    "planted_3 = '{m}.OldPlanted'",
)
_NAMED = "planted_4 = lambda: {name}(1, 2).run_planted()"
TAILS = (
    _PLAIN,
    (_NAMED.replace("{name}", "{m}.OldPlanted"), "planted_5 = {m}   .   OldPlanted"),
    (_NAMED.replace("{name}", "planted_module.OldPlanted"),),
    (_NAMED.replace("{name}", "old_engine.OldPlanted"), "planted_6 = old_engine"),
    _PLAIN,
    ("def planted_2(x: 'OldPlanted') -> \"OldPlanted\":", "  return x"),
    (_NAMED.replace("{name}", "Planted"), "class PlantedChild(Planted): pass"),
    (*_PLAIN, "assert isinstance(planted_1, OldPlanted)"),
    (*_PLAIN, "planted_7 = make_planted"),
    _PLAIN,
)
INNER = (
    "from {m} import OldPlanted as PlantedInside; PlantedInside(1, 2)",
    "import {m} as planted_inside; planted_inside.OldPlanted(1, right=2)  # why",
)
LAYOUTS = ("as it is",) * 8 + ("CRLF", "CR", "no last newline", "BOM", "latin-1", "tail of blanks")


@dataclass(frozen=True, slots=True)
class Planted:
    """A file with references planted; `kinds` say what is special about it."""

    data: bytes
    kinds: tuple[str, ...]


def plant(data: bytes, number: int) -> Planted:
    """Return a file's bytes with references planted; the number decides which, where and in which layout."""
    form = number % len(HEADS)
    layout = LAYOUTS[number // len(HEADS) % len(LAYOUTS)]
    tree, kinds = _parsed(data), [f"head {form}"]
    for inside in (True, False) if tree is not None else ():
        made = _planted(data, tree, form, number if inside else None)
        if _parsed(made) is not None:
            return Planted(*_laid_out(made, layout, [*kinds, *["in a function"] * (made.count(b"anted_inside") > 0)]))
    made = _end(data, [*HEADS[form], *TAILS[form]])
    return Planted(made, (*kinds, "appended only" if _parsed(made) is not None else "not this Python's"))


def _parsed(data: bytes) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(data)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def _planted(data: bytes, tree: ast.Module | None, form: int, inner: int | None) -> bytes:
    """Return the file with a head, a tail and, for the number `inner`, an import in each of two functions."""
    lines, newline = _LINES.findall(data), _newline(data)
    places: dict[int, list[bytes]] = {}
    body = tree.body if tree else []
    first = next((node for number, node in enumerate(body) if not _stays_first(node, number)), None)
    if first is None:
        return _end(data, [*HEADS[form], *TAILS[form]])
    places[_line(first)] = [b"".join(_bytes(line) + newline for line in HEADS[form])]
    functions = [node for node in ast.walk(tree or ast.Module([], [])) if isinstance(node, ast.FunctionDef)]
    for count, node in enumerate(functions[:2] if inner is not None else ()):
        statement = next((each for number, each in enumerate(node.body) if not _stays_first(each, number)), None)
        if statement is None or isinstance(statement, ast.Global | ast.Nonlocal):
            continue
        indent = lines[_line(statement) - 1][: statement.col_offset]
        if not indent.strip() and indent and _line(statement) > node.lineno:
            text = _bytes(INNER[((inner or 0) + count) % len(INNER)])
            places.setdefault(_line(statement), []).append(indent + text + newline)
    for line in sorted(places, reverse=True):
        lines[line - 1 : line - 1] = places[line]
    return _end(b"".join(lines), list(TAILS[form]))


def _stays_first(node: ast.stmt, number: int) -> bool:
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return True
    return number == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _line(node: ast.stmt) -> int:
    return min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])


def _bytes(text: str) -> bytes:
    return text.replace("{m}", LEGACY).encode()


def _newline(data: bytes) -> bytes:
    return b"\r\n" if b"\r\n" in data else b"\r" if b"\r" in data and b"\n" not in data else b"\n"


def _end(data: bytes, lines: list[str]) -> bytes:
    newline = _newline(data)
    start = data if not data or data.endswith((b"\n", b"\r")) else data + newline
    return start + b"".join(_bytes(line) + newline for line in lines)


def _laid_out(data: bytes, layout: str, kinds: list[str]) -> tuple[bytes, tuple[str, ...]]:
    """Return the file in another layout, where that leaves it a file that Python reads."""
    made = data
    if layout in ("CRLF", "CR"):
        made = re.sub(rb"\r\n|\r|\n", b"\r\n" if layout == "CRLF" else b"\r", data)
    elif layout == "no last newline":
        made = data.rstrip(b"\r\n")
    elif layout == "BOM" and not data.startswith(codecs.BOM_UTF8):
        made = codecs.BOM_UTF8 + data
    elif layout == "latin-1":
        made = _latin(data)
    elif layout == "tail of blanks":
        made = data + b"\n\n\x0c\n \t"
    return (made, (*kinds, layout)) if made != data and _parsed(made) is not None else (data, tuple(kinds))


def _latin(data: bytes) -> bytes:
    encoding, first = tokenize.detect_encoding(io.BytesIO(data).readline)
    if encoding != "utf-8" or any(map(_COOKIE.match, first)):
        return data
    try:
        text = data.decode("utf-8").encode("latin-1")
    except UnicodeError:
        return data
    return b"# -*- coding: latin-1 -*-" + _newline(data) + b"# caf\xe9" + _newline(data) + text
