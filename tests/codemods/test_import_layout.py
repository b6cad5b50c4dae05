"""The new text of imports: `layouts.txt` holds blocks of where names go, a statement, and what it becomes.

`CONSOLIDATE_ACCEPT=1 pytest tests/codemods/test_import_layout.py` writes the texts anew; they are to be read, then.
"""

import os
from pathlib import Path

import pytest

from codemods.import_layout import rewrite_from, rewrite_import
from codemods.import_names import LayoutError
from planner.decision import Move
from planner.model import Symbol

FILE = Path(__file__).with_name("layouts.txt")
BLOCK, BECOMES = "=" * 40 + "\n", "\n----\n"


def moves(goes: str) -> list[Move | None]:
    """Return the moves that a line tells: `-` stays, `module:Name=local` goes there, `!` stands above already."""
    found: list[Move | None] = []
    for index, text in enumerate(goes.split()):
        written, _, name = text.rstrip("!").partition("=")[0].partition(":")
        symbol = Symbol(written.lstrip(".") or "package", name)
        local = text.rstrip("!").partition("=")[2] or name
        found.append(None if text == "-" else Move(index, symbol, local, written, text.endswith("!")))
    return found


def written(statement: str, goes: str, indent: str = "", newline: str = "\n") -> str:
    """Return the statements that take a statement's place, each with its number, or why there are none."""
    try:
        if ":" not in goes:
            texts = [rewrite_import(statement, moves(goes), newline)]
        else:
            texts = rewrite_from(statement, moves(goes), indent, newline)
    except LayoutError as error:
        return f"error: {error}"
    return "\n".join(f"{number}: {text}" for number, text in enumerate(texts, 1))


def blocks_of(text: str) -> list[str]:
    return text.split(BLOCK)


if os.environ.get("CONSOLIDATE_ACCEPT"):
    blocks = []
    for block in blocks_of(FILE.read_text(encoding="utf-8")):
        goes, _, statement = block.partition(BECOMES)[0].partition("\n")
        blocks.append(f"{goes}\n{statement}{BECOMES}{written(statement, goes)}\n")
    FILE.write_text(BLOCK.join(blocks), encoding="utf-8")


@pytest.mark.parametrize(
    "block", blocks_of(FILE.read_text(encoding="utf-8")), ids=lambda block: block.partition(BECOMES)[0]
)
def test_a_statement_keeps_its_layout_and_its_comments(block: str) -> None:
    head, _, expected = block.partition(BECOMES)
    goes, _, statement = head.partition("\n")
    assert written(statement, goes) == expected.removesuffix("\n")
    if not expected.startswith("error"):
        assert sorted(_comments(statement)) == sorted(_comments(expected))


def _comments(text: str) -> list[str]:
    return [line.partition("#")[2].strip() for line in text.splitlines() if "#" in line]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("indent", ["", "  ", "\t"])
def test_lines_end_and_begin_as_those_of_the_statement(indent: str, newline: str) -> None:
    texts = rewrite_from("from o import (  # x|  A,|  C)".replace("|", newline), moves("n:B -"), indent, newline)
    assert texts == [f"from n import (  # x{newline}  B,{newline}{indent})", "from o import C"]
    texts = rewrite_from("from o import (A, # x|  C)".replace("|", newline), moves("n:B -"), indent, newline)
    deeper = indent + ("\t" if indent == "\t" else "    ")
    assert texts == [f"from n import ({newline}{deeper}B,  # x{newline}{indent})", "from o import C"]
