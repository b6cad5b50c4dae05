"""Files of a later Python are told from broken ones."""

import pytest

from codemods.newer_grammar import is_newer


@pytest.mark.parametrize(
    "source",
    [b"type Engines = list[int]\n", b'name = f"{"a" + f"{1}"}"\r\n', b"def first[T](items: list[T]) -> T: ...\n"],
)
def test_a_later_grammar_is_read(source):
    assert is_newer(source)


@pytest.mark.parametrize(
    "source",
    [b"def broken(:\n", b"print 'python 2'\n", b"(" * 3000 + b")" * 3000, b"\xff\xfe", b"x = 1\n" * 200_000],
    ids=["broken", "python2", "deep", "undecodable", "large"],
)
def test_anything_else_is_not(source):
    assert not is_newer(source)


@pytest.mark.parametrize(("depth", "read"), [(60, True), (61, False)])
def test_brackets_count_by_how_deep_they_nest_and_not_by_how_many_they_are(depth, read):
    source = b"type T = int\nx = ()\ny = ')))'\nz = " + b"[()] + " + b"[" * depth + b"]" * depth + b"\n"
    assert is_newer(source) == read
