"""Which blocks of a document are Python, and where each of their characters stands."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.markup import read_blocks
from planner.words import Whole

MARKDOWN = {
    "```python\na = 1\n```\n": ["a = 1\n"],
    "~~~py\na = 1\n~~~\n": ["a = 1\n"],
    "```` python title=x\na = 1\n```\n````\n": ["a = 1\n```\n"],
    "```python\na = 1\n`````\nb = 2\n": ["a = 1\n"],
    "```python\na = 1\n~~~\nb = 2\n```\n": ["a = 1\n~~~\nb = 2\n"],
    "~~~python\na = 1\n```\n~~~\n": ["a = 1\n```\n"],
    "~~~~python\na = 1\n~~~\n~~~~\n": ["a = 1\n~~~\n"],
    "```python\na = 1\n``` python\n```\n": ["a = 1\n``` python\n"],
    "```python `x`\na = 1\n```python\nb = 2\n```\n": ["b = 2\n"],
    "~~~python `x`\na = 1\n~~~\n": ["a = 1\n"],
    "```python\na = 1": ["a = 1"],
    "```python\n```\n```py\nb = 2\n```\n": ["b = 2\n"],
    "```text\na = 1\n```\n```\nb = 2\n```\n": [],
    "``python\na = 1\n``\n": [],
    "  ```python\n  a = 1\n    b\n\n  ```\n": ["a = 1\n  b\n\n"],
    "```python\n\n```\n": ["\n"],
    "```{python}\na = 1\n```\n": ["a = 1\n"],
    "```{code-block} python\na = 1\n```\n": ["a = 1\n"],
    "```{code-cell} ipython3\na = 1\n```\n": ["a = 1\n"],
    "```{code} python\na = 1\n```\n": ["a = 1\n"],
    "```{sourcecode} text\na = 1\n```\n": [],
    "```code python\na = 1\n```\n": [],
    "```pycon\n>>> a = 1\n... b\n1\n>>>\n```\n": ["a = 1\nb\n\n"],
    "```python\r\na = 1\r\n```\r\n": ["a = 1\r\n"],
    "<!--\n```python\na = 1\n```\n-->\n": [],
    "a = 1\n": [],
}
RST = {
    ".. code-block:: python\n\n   a = 1\n\n     b\n\nText\n": ["\na = 1\n\n  b\n\n"],
    ".. code:: python\n   :linenos:\n   :name: x\n\n   a = 1\n": ["\na = 1\n"],
    ".. sourcecode:: Python3\n\n\ta = 1\n": ["\na = 1\n"],
    ".. code-block:: text\n\n   a = 1\n": [],
    ".. code-block::\n\n   a = 1\n": [],
    ".. testcode:: group\n\n   a = 1\n": ["\na = 1\n"],
    ".. doctest::\n\n   >>> a = 1\n   1\n": ["a = 1\n"],
    ".. testoutput::\n\n   a = 1\n": [],
    "  .. code-block:: python\n\n     a = 1\n\n  b = 2\n": ["\na = 1\n\n"],
    ">>> a = 1\n... b\n1\n\nText\n>>> c\n": ["a = 1\nb\n", "c\n"],
    "  >>> a = 1": ["a = 1"],
    "```python\na = 1\n```\n": [],
}


def pieces(path: str, text: str) -> list[str]:
    found = read_blocks(path, text.encode())
    if found is None:
        return []
    for piece in found.pieces:
        assert len(piece.text) == len(piece.starts) == len(piece.ends)
        for character, start, end in zip(piece.text, piece.starts, piece.ends, strict=True):
            assert text.encode()[start:end].decode() == character
    assert found.newline == ("\r\n" if "\r\n" in text else "\n")
    return [piece.text for piece in found.pieces]


@pytest.mark.parametrize("before", ["", "Text, é.\n\n"])
@pytest.mark.parametrize(("text", "wanted"), MARKDOWN.items())
def test_blocks_of_markdown_are_those_of_commonmark(text: str, wanted: list[str], before: str) -> None:
    assert [piece for piece in pieces("a.md", before + text) if piece] == wanted


@pytest.mark.parametrize("before", ["", "Text, é.\n\n"])
@pytest.mark.parametrize(("text", "wanted"), RST.items())
def test_blocks_of_restructured_text_are_directives_and_doctests(text: str, wanted: list[str], before: str) -> None:
    assert [piece for piece in pieces("a.rst", before + text) if piece] == wanted


def test_new_lines_are_indented_as_a_block_is() -> None:
    for text, between in (("a = 1\n", b""), ("  a = 1\n", b"  "), ("\ta = 1\n", b"\t"), (">>> a = 1\n", None)):
        found = read_blocks("a.md", f"```python\n{text}```\n".encode())
        assert found is not None
        assert found.pieces[0].between == between
    mixed = read_blocks("a.md", b"```python\n  a = 1\n\tb\n```\n")
    assert mixed is not None
    assert mixed.pieces[0].between in (b"", None)


def test_a_block_that_is_no_python_is_not_read() -> None:
    found = read_blocks("a.md", b"```python\na = = 1\n```\n```python\nb = 2\n```\n")
    assert found is not None
    assert [piece.readable for piece in found.pieces] == [False, True]
    assert found.text.strip() == "b = 2"


@given(
    st.lists(
        st.sampled_from(
            [
                *("```", "~~~", "````", "python", "py\n", " ", "    ", "x", "`", "TOKEN", "<!--", "-->"),
                *("\n", "\r\n", "\r", "\nTOKEN\n", "\n```\n", "\n```python\n"),
            ]
        ),
        max_size=30,
    )
)
@settings(max_examples=400)
def test_blocks_are_left_out_only_where_no_token_is_in_them(parts: list[str]) -> None:
    data = "".join(parts).encode()
    every, some = read_blocks("a.md", data), read_blocks("a.md", data, Whole(frozenset({"TOKEN"})))
    holds = every is not None and any(re.search(r"(?<!\w)TOKEN(?!\w)", piece.text) for piece in every.pieces)
    assert (some is not None) >= holds
    if some is not None:
        assert every is not None
        assert some.code == every.code


def test_blocks_without_a_token_cost_no_reading() -> None:
    assert read_blocks("a.md", b"TOKEN\n```python\na = 1\n```\n", Whole(frozenset({"TOKEN"}))) is None
    assert read_blocks("a.md", b"```python\na = TOKEN\n```\n", Whole(frozenset({"TOKEN"}))) is not None
