"""Edits of embedded Python in the bytes of its file: where they go, what they leave, and what has no place there."""

import pytest

from codemods.refusal import CodemodError
from codemods.rewrite_notebook import carry
from planner.embedded import Embedded, Piece
from planner.model import Edit, apply_edits


def piece(data: bytes, text: str, between: bytes | None = b"", at: int = 0) -> Piece:
    """Return a piece whose lines stand in the data as they are, with `between` behind each line end."""
    starts, position = [], data.index(text.partition("\n")[0].encode(), at)
    for character in text:
        starts.append(position)
        position += 1 + (len(between or b"") if character == "\n" else 0)
    return Piece(text, tuple(starts), tuple(start + 1 for start in starts), between=between)


def module(data: bytes, *pieces: Piece) -> Embedded:
    return Embedded("a.md", data, pieces)


def edit(code: Embedded, old: str, new: str, start: int = -1) -> Edit:
    start = code.text.index(old) if start < 0 else start
    return Edit(start, start + len(old), old, new, "rewrite-imports", code.text.count("\n", 0, start) + 1)


def test_only_what_differs_is_written() -> None:
    data = b"abcabc old tail"
    code = module(data, piece(data, data.decode()))
    (carried,) = carry(code, (edit(code, "abcabc old tail", "abcabc new tail"),))
    assert (carried.start, carried.end, carried.old, carried.new) == (7, 10, "old", "new")


def test_what_is_inserted_goes_before_a_character_or_behind_the_last_of_a_line() -> None:
    for data in (b"x", b"-> x", b"-> x."):
        code = module(data, piece(data, "x"))
        place = code.text.index("x")
        for start, wanted in ((place, data.replace(b"x", b"yx")), (place + 1, data.replace(b"x", b"xy"))):
            assert apply_edits(data, carry(code, (edit(code, "", "y", start),))) == wanted


def test_nothing_is_inserted_where_the_file_has_no_place() -> None:
    data = b"\n\n\n\nx"
    code = module(data, piece(data, "x"))
    assert code.text.startswith("\n\n\n")
    for start in (0, 2, len(code.text)):
        with pytest.raises(CodemodError):
            carry(code, (edit(code, "", "y", start),))


def test_an_edit_of_two_blocks_is_refused() -> None:
    data = b"x=1\ny=2\n"
    code = module(data, piece(data, "x=1\n"), piece(data, "y=2\n"))
    with pytest.raises(CodemodError, match="beyond its cell or block"):
        carry(code, (edit(code, "1\ny", "3\nz"),))


def test_new_lines_take_what_stands_between_lines_or_are_refused() -> None:
    data = b"> a\n> b\n"
    code = module(data, piece(data, "a\nb\n", b"> "))
    assert apply_edits(data, carry(code, (edit(code, "a", "c\nd"),))) == b"> c\n> d\n> b\n"
    prompts = module(data, piece(data, "a\nb\n", None))
    with pytest.raises(CodemodError, match="no prompt"):
        carry(prompts, (edit(prompts, "a", "c\nd"),))


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b'"a\n", "b\n", "c\n"', b'"a\n", "c\n"'),
        (b'["b\n", "c\n"]', b'["c\n"]'),
        (b'["a\n", "b\n"]', b'["a\n"]'),
        (b'["b\n"]', b'[""]'),
    ],
)
def test_of_a_list_of_strings_no_empty_one_stays(data: bytes, wanted: bytes) -> None:
    lines = "".join(part.strip('[]", ') for part in data.decode().splitlines(keepends=True)).rstrip("]")
    code = module(data, piece(data, lines, b'", "'))
    assert apply_edits(data, carry(code, (edit(code, "b\n", ""),))) == wanted


def test_the_first_byte_of_a_file_is_a_place_as_any_other() -> None:
    data = b"old tail"
    code = module(data, piece(data, data.decode()))
    assert apply_edits(data, carry(code, (edit(code, "old", "new"),))) == b"new tail"
    assert apply_edits(data, carry(code, (edit(code, "", "a ", code.text.index("old")),))) == b"a old tail"


def test_a_long_text_that_repeats_what_stands_there_is_carried_too() -> None:
    data = b"x" * 1000
    code = module(data, piece(data, data.decode()))
    for old, new, wanted in (
        ("x" * 999, "x" * 1000, 1001),
        ("x" * 1000, "x" * 999, 999),
        ("x" * 1000, "x" * 1000, 1000),
    ):
        assert len(apply_edits(data, carry(code, (edit(code, old, new),)))) == wanted


def test_a_line_goes_as_it_is_where_nothing_is_known_between_lines() -> None:
    data = b"a\nb\nc\n"
    code = module(data, piece(data, "a\nb\nc\n", None))
    assert apply_edits(data, carry(code, (edit(code, "b\n", ""),))) == b"a\nc\n"
