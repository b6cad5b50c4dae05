"""Values as bytes and back: nothing is lost, and what is not such a value is refused."""

from dataclasses import dataclass
from typing import NamedTuple

import pytest

from consolidate.cache.codec import Codec
from planner.facts import FileFacts, Interest
from planner.scan import scan

SOURCE = '''\
"""A module."""
from __future__ import annotations
from app.old import Old as Engine, make
import app.old as legacy, os.path
from . import *
__all__ = ["Engine"]
class Sub(Engine):
    """Old."""
    def run(self, x=1, *a, **k) -> "Engine":
        return Engine(x, *a, name=k).show() if hasattr(x, "show") else f"{Engine=}"
async def f():
    await make()  # Old
with patch("app.old.Old"): legacy.Old.show
'''


@dataclass(frozen=True, slots=True)
class Small:
    name: str
    pairs: tuple[tuple[str, int], ...] = ()
    maybe: tuple[str, bool] | None = None
    words: frozenset[str] = frozenset()


class Pair(NamedTuple):
    name: str
    words: frozenset[str] = frozenset()


class Plain(NamedTuple):
    name: str
    number: int = 0


def test_named_tuples() -> None:
    codec: Codec[tuple[Pair | None, Plain]] = Codec(tuple[Pair | None, Plain])
    for value in ((Pair("a", frozenset({"x", "y"})), Plain("b", 2)), (None, Plain("ä"))):
        found = codec.decode(codec.encode(value))
        assert found == value
        assert list(map(type, found)) == list(map(type, value))
    with pytest.raises(ValueError, match="length 1 to 2, got 3"):
        Codec(Plain).decode(Codec[tuple[str, int, int]](tuple[str, int, int]).encode(("a", 1, 2)))


def test_the_facts_of_a_file() -> None:
    tokens = frozenset({"Old", "old", "make"})
    interest = Interest(tokens, frozenset({"New"}), frozenset({"show"}), frozenset({"show"}))
    facts = scan("app/a.py", SOURCE.encode(), interest, with_definitions=True)
    assert facts.uses
    assert facts.touches
    assert facts.definitions
    codec: Codec[FileFacts] = Codec(FileFacts)
    assert codec.decode(codec.encode(facts)) == facts


@pytest.mark.parametrize(
    "value",
    [
        Small(""),
        Small("ä\x00\n", (("a", 1), ("b", -2)), ("x", True), frozenset({"b", "a"})),
        Small("x", maybe=("", False)),
    ],
)
def test_round_trip(value: Small) -> None:
    codec: Codec[Small] = Codec(Small)
    assert codec.decode(codec.encode(value)) == value
    table: Codec[dict[str, Small]] = Codec(dict[str, Small])
    assert table.decode(table.encode({"k": value})) == {"k": value}
    maybe: Codec[Small | None] = Codec(Small | None)
    assert maybe.decode(maybe.encode(value)) == value
    assert maybe.decode(maybe.encode(None)) is None


def test_equal_values_are_equal_bytes() -> None:
    codec: Codec[Small] = Codec(Small)
    words = [f"w{number}" for number in range(50)]
    assert codec.encode(Small("", words=frozenset(words))) == codec.encode(Small("", words=frozenset(words[::-1])))


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"\xc1", b"\x80", b"\x92\x01\x02", b"\x03", b"\x81\xa4name\x01", b"\xa1\xff", b"\x91" * 100_000],
)
def test_what_is_no_such_value_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Codec[Small](Small).decode(data)


def test_text_that_is_none_of_unicode_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        Codec[Small](Small).encode(Small("\udcff"))
