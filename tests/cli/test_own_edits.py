"""Edits by lines, and edits upon edits, which must do what both do one after the other."""

import random

from consolidate.own.edits import compose, line_edits
from planner.model import Edit, apply_edits, decode


def test_lines_that_stay_are_in_no_edit():
    edits = line_edits(b"a\r\nb\nc\nd", b"a\r\nB\nc\nd\n", "x:Y")
    assert [(edit.old, edit.new, edit.line) for edit in edits] == [("b\n", "B\n", 2), ("d", "d\n", 4)]
    assert line_edits(b"", b"", "x:Y") == ()


def test_a_first_edit_that_nothing_touches_stays_what_it_is():
    first = (Edit(0, 1, "a", "AA", "ours", 1), Edit(4, 5, "c", "", "ours", 3))
    second = line_edits(b"AA\nb\n\nd\n", b"AA\nb\n\nD\n", "x:Y")
    composed = compose(b"a\nb\nc\nd\n", first, second)
    assert composed[:2] == first
    assert composed[2] == Edit(6, 8, "d\n", "D\n", "x:Y", 4)


def test_what_a_second_edit_takes_back_is_no_edit():
    first = (Edit(0, 1, "a", "b", "ours", 1),)
    assert compose(b"a\n", first, line_edits(b"b\n", b"a\n", "x:Y")) == ()


def test_edits_upon_edits_do_what_both_do():
    chance = random.Random(7)
    for _ in range(3000):
        data = "".join(chance.choice("ab\n\r\u00e9") for _ in range(chance.randrange(25))).encode()
        places = sorted(chance.sample(range(len(data) + 1), k=min(len(data) + 1, 2 * chance.randrange(4))))
        spans = list(zip(places[::2], places[1::2], strict=False))
        first = tuple(Edit(s, e, decode(data[s:e]), chance.choice(["", "x", "y\nz", "\n"]), "ours") for s, e in spans)
        between = apply_edits(data, first)
        after = "".join(
            chance.choice([line, line, line, "", "new\n", line + line])
            for line in decode(between).splitlines(keepends=True)
        ).encode("utf-8", "surrogateescape")
        second = line_edits(between, after, "x:Y")
        assert apply_edits(between, second) == after
        composed = compose(data, first, second)
        assert apply_edits(data, composed) == after
        assert list(composed) == sorted(composed)
        third = line_edits(after, data, "x:Z")
        assert apply_edits(data, compose(data, composed, third)) == data
