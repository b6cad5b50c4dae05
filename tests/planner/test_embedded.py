"""Python inside of another file: lines stand where they stand there, and places are told in both directions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.embedded import Embedded, Piece

DATA = "# Täglich\n\n\n\n```python\nfrom a import b\nü = b(1)\n```\n\n> c = 2\n> d = c\n".encode()
CODE = ("from a import b\nü = b(1)\n", "c = 2\nd = c\n")


def piece(text: str, masked: frozenset[int] = frozenset(), *, readable: bool = True) -> Piece:
    """Return the piece whose lines stand in DATA, each found by itself."""
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for line in text.splitlines(keepends=True):
        position = DATA.index(line.encode(), position)
        for character in line:
            starts.append(position)
            position += len(character.encode())
            ends.append(position)
    return Piece(text, tuple(starts), tuple(ends), masked, readable)


@pytest.fixture
def code() -> Embedded:
    return Embedded("a.md", DATA, tuple(map(piece, CODE)))


def test_each_line_of_the_module_is_a_line_of_the_file(code: Embedded) -> None:
    assert code.text == "\n" * 5 + CODE[0] + "\n" * 2 + CODE[1]
    for number, line in enumerate(code.text.splitlines(), 1):
        if line:
            assert DATA.decode().splitlines()[number - 1].endswith(line)


def test_a_place_is_told_in_both_directions(code: Embedded) -> None:
    offsets = [index for index, start in enumerate(code.starts) if start >= 0]
    for index in offsets:
        byte = len(code.text[:index].encode())
        assert code.index(byte) == index
        line = code.text.count("\n", 0, index) + 1
        column = byte - len("".join(code.text.splitlines(keepends=True)[: line - 1]).encode())
        assert code.module_line(byte) == code.line_at(code.starts[index]) == line
        before = DATA[: code.starts[index]]
        place = (before.count(b"\n") + 1, len(before) - before.rfind(b"\n") - 1)
        assert code.position(line, column) == code.place(code.starts[index]) == place
    for byte in set(range(len(DATA))) - {byte for i in offsets for byte in range(code.starts[i], code.ends[i])}:
        assert code.line_at(byte) == 0


def test_a_place_that_the_file_does_not_have_is_told_as_the_next_or_the_last(code: Embedded) -> None:
    assert code.position(1, 0) == code.position(5, 0) == (6, 0)
    assert code.position(8, 0) == (10, 2)
    assert code.position(99, 0) == (11, 7)
    assert Embedded("a.md", DATA, ()).position(1, 0) == (1, 0)
    assert code.told("it is bound in line 8, not in outline 8") == "it is bound in line 10, not in outline 8"


def test_what_is_no_python_is_kept_apart() -> None:
    code = Embedded("a.md", DATA, (piece(CODE[0], frozenset({1})), piece(CODE[1], readable=False)))
    assert code.text == "\n" * 5 + "from a import b\npass\n"
    first, second = (DATA.index(text.encode()) for text in ("ü =", "c = 2"))
    end = DATA.index(b"\n```\n\n>") + 1
    assert code.opaque == [(first, end, 7, "ü = b(1)\n"), (second, len(DATA), 10, "c = 2\nd = c\n")]
    elsewhere = Piece("x\n", (2, 3), (3, 4), readable=False, elsewhere=True)
    assert Embedded("a.md", b"# x\n", (elsewhere,)).opaque == [(2, 4, 1, "")]


def test_a_masked_line_keeps_its_indent_and_its_continuation_is_empty() -> None:
    text = "if x:\n    %time \\\n  b\n%c\n"
    data = b"\n\n" + text.encode()
    starts = tuple(range(2, len(data)))
    masked = Piece(text, starts, tuple(start + 1 for start in starts), frozenset({1, 2, 3}))
    assert Embedded("a.md", data, (masked,)).text == "\n\nif x:\n    pass\n\npass\n"


LINES = st.lists(st.sampled_from(["x = 1", "", "y", "\t", "ü"]), max_size=4)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(st.lists(st.tuples(LINES, LINES), min_size=1, max_size=4), ENDS, st.booleans())
def test_a_piece_that_the_file_has_as_a_whole_is_added_as_one(parts, end, last_is_open) -> None:
    data, spans = b"", []
    for between, inside in parts:
        data += "".join(line + end for line in between).encode()
        text = "".join(line.replace("ü", "u") + end for line in inside)
        spans.append((len(data), text))
        data += text.encode()
    if last_is_open and spans[-1][1]:
        spans[-1] = (spans[-1][0], spans[-1][1].removesuffix(end))
        data = data.removesuffix(end.encode())
    wholes = [Piece(text, range(at, at + len(text)), range(at + 1, at + 1 + len(text))) for at, text in spans]
    singles = [Piece(item.text, tuple(item.starts), tuple(item.ends)) for item in wholes]
    one, other = (Embedded("a.md", data, tuple(pieces)) for pieces in (wholes, singles))
    assert (one.text, one.code, one.starts, one.ends) == (other.text, other.code, other.starts, other.ends)
    every = range(len(one.starts) + 2)
    if one.starts:
        assert [one.owner(index) for index in every] == [other.owner(index) for index in every]
    assert [one.line_at(offset) for offset in range(len(data))] == [
        other.line_at(offset) for offset in range(len(data))
    ]
