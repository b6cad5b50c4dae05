"""Text in lines of a given width, and text that takes more or fewer columns than it has characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from consolidate.render.fold import fold, hanging
from consolidate.render.look import Look, columns, filled
from consolidate.render.table import Column, table

WIDE = "\u5b9f\u884c\u30a8\u30f3\u30b8\u30f3"  # six characters, twelve columns
# Words of names and paths; what a terminal gets has been escaped, so nothing else than printable characters.
TEXT = st.text(st.sampled_from("ab./:,_ \u00fc" + WIDE), max_size=60)


@given(TEXT, st.integers(12, 40))
def test_every_line_fits_and_nothing_is_lost(text, width):
    lines = fold(text, width, "- ", "  ")
    assert all(columns(line) <= width for line in lines)
    assert "".join(line[2:] for line in lines).replace(" ", "") == text.replace(" ", "")


def test_lines_break_between_words_and_names_where_their_parts_meet():
    assert fold("one two three", 9) == ["one two", "three"]
    assert fold("to a.long.name:Thing", 12, rest="  ") == ["to a.long.", "  name:Thing"]
    assert fold("in netra/services/worker.py now", 16) == ["in netra/", "services/", "worker.py now"]
    assert fold("x" * 10, 4) == ["xxxx", "xxxx", "xx"]
    assert fold("", 9, "- ") == []
    assert fold("see a/path/that/is/copied", 9, names=False) == ["see", "a/path/that/is/copied"]


def test_what_does_not_fit_behind_a_place_stands_below_it():
    assert hanging("a.py:1", "Old", 20) == ["a.py:1  Old"]
    assert hanging("a.py:1", "import Old", 14, "  ") == ["  a.py:1", "      import", "      Old"]


@pytest.mark.parametrize("text", ["", "abc", WIDE, "e\u0301t\u00e9", f"a{WIDE}b"])
def test_columns_are_those_of_terminals(text):
    assert columns(text) == wcswidth(text)
    assert columns(filled(text, 20)) == columns(filled(text, 20, right=True)) == 20
    for width in range(1, 20):
        cut = Look().cut(text, width)
        assert columns(cut) <= width
        assert cut == text or columns(text) > width


def test_a_table_with_wide_names_lines_up():
    lines = table((Column("file", gives=True), Column("n", right=True)), [(WIDE * 4, "7"), ("a", "12")], Look(width=30))
    assert {columns(line) for line in lines} == {30}
