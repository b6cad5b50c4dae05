"""Notebooks: everything but the sources of code cells is equal, and these are, as one module, proved as Python."""

from __future__ import annotations

import ast
import json
import re
import warnings
from typing import Final

from consolidate.proof.allowed import Allowed, Failure
from consolidate.proof.names import newly_unbound
from consolidate.proof.tree import prove

_HERE: Final = ("time", "timeit", "capture", "prun")
_SHELL: Final = re.compile(r"[\w.,\s]+=\s*[%!]")


def prove_notebook(old: bytes, new: bytes, allowed: Allowed) -> Failure | None:
    """Return why an edited notebook is not what the old one was up to what is allowed, None where it is."""
    try:
        before, after = json.loads(old.decode("utf-8")), json.loads(new.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        return Failure(0, f"the notebook cannot be read: {error}")
    first, second = _cells(before), _cells(after)
    if first is None or second is None or len(first) != len(second):
        return Failure(0, "the notebook has other cells than before")
    for cell, edited in zip(first, second, strict=True):
        if cell.__class__ is dict and edited.__class__ is dict and cell.get("cell_type") == "code":
            if "source" in cell and cell["source"].__class__ is not edited.get("source").__class__:
                return Failure(0, "a cell's source is of another kind than before")
            cell["source"], edited["source"] = _text(cell.get("source")), _text(edited.get("source"))
    sources = [(item["source"], other["source"]) for item, other in zip(first, second, strict=True) if _is_code(item)]
    for cell, edited in zip(first, second, strict=True):
        if _is_code(cell):
            cell["source"] = edited["source"] = ""
    if json.dumps(before) != json.dumps(after):
        return Failure(0, "the notebook differs outside of its cells' sources")
    return prove_snippets(sources, allowed, "cell")


def _cells(content: object) -> list[dict[str, object]] | None:
    cells = content.get("cells") if isinstance(content, dict) else None
    return cells if isinstance(cells, list) and all(isinstance(cell, dict) for cell in cells) else None


def _is_code(cell: dict[str, object]) -> bool:
    return cell.get("cell_type") == "code" and isinstance(cell.get("source"), str)


def _text(source: object) -> object:
    return "".join(map(str, source)) if isinstance(source, list) else source


def prove_snippets(pairs: list[tuple[object, object]], allowed: Allowed, what: str) -> Failure | None:
    """Prove pieces of Python, old and new, as one module; a piece that is no Python must be equal."""
    old_parts: list[str] = []
    new_parts: list[str] = []
    for number, (before, after) in enumerate(pairs, 1):
        old_text, new_text = str(before), str(after)
        old_code, new_code = _python(old_text), _python(new_text)
        if old_code is None or new_code is None:
            if old_text != new_text:
                return Failure(0, f"{what} {number} is no Python, and has changed")
            continue
        if old_code[1] != new_code[1]:
            return Failure(0, f"a line of {what} {number} that is no Python has changed")
        old_parts.append(old_code[0])
        new_parts.append(new_code[0])
    old_module, new_module = ("\n\n" + "\n".join(parts) + "\n" for parts in (old_parts, new_parts))
    if old_module == new_module:
        return None
    failure = prove(old_module.encode(), new_module.encode(), allowed, module="", is_package=False)
    if failure is not None:
        return Failure(0, failure.reason)
    unbound = newly_unbound(old_module.encode(), new_module.encode(), "", False, allowed.stars)
    return Failure(0, f"`{unbound[0].name}` would be unbound") if unbound else None


def _python(text: str) -> tuple[str, list[str]] | None:
    """Return a piece as Python and its lines that are none, None where all of it is none."""
    stripped = text.lstrip()
    if stripped.startswith("%%"):
        head, _, body = stripped.partition("\n")
        if not re.match(rf"%%(?:{'|'.join(_HERE)})\b", head):
            return None
        inner = _python(body)
        return (inner[0], [head, *inner[1]]) if inner is not None else None
    if _parses(text):
        return text, []
    kept: list[str] = []
    foreign: list[str] = []
    continued = False
    for line in text.split("\n"):
        bare = line.strip()
        if continued or bare.startswith(("%", "!", "?")) or bare.endswith("?") or _SHELL.match(bare):
            kept.append("" if continued else line[: len(line) - len(line.lstrip())] + "pass")
            continued = bare.endswith("\\")
            foreign.append(line)
        else:
            kept.append(line)
    code = "\n".join(kept)
    return (code, foreign) if _parses(code) else None


def _parses(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse("\n\n" + text)
            text.encode()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
