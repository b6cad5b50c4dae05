"""Results of pure functions, by what they are made of: the same bytes and settings give the same value anywhere.

A key is a hash of the function's name, of this program's code (`stamp`) and of everything that goes in; so nothing in
the cache is ever out of date, and what another version made is not found.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from consolidate.cache.codec import Codec
from consolidate.cache.store import Store
from consolidate.version import installed

Value = TypeVar("Value")

_CODE = ("consolidate", "codemods", "planner", "templates")
_LIBRARIES = ("bowler", "jinja2", "libcst", "msgspec")
_KEY = 16  # bytes


class _Kept(Struct, frozen=True):
    answers: dict[str, str]


_ANSWERS: Codec[_Kept] = Codec(_Kept)
_FEW = 200
_MANY = 100_000


class Answers:
    """Short answers by the object id of contents: one value of the store, as each of its own would cost more."""

    def __init__(self, kept: _Kept) -> None:
        self._known = kept.answers
        self._asked: set[str] = set()
        self.grown = False

    def get(self, name: str) -> str | None:
        """Return the answer of contents, None where it is not known."""
        self._asked.add(name)
        return self._known.get(name)

    def put(self, name: str, answer: str) -> None:
        """Take an answer in."""
        self._known[name], self.grown = answer, True

    def worth_keeping(self) -> dict[str, str]:
        """Return all answers, or those that were asked for where most are of contents that nobody asks about now."""
        many = len(self._known) > _MANY or (len(self._asked) > _FEW and len(self._known) > 4 * len(self._asked))
        return {name: self._known[name] for name in sorted(self._known) if not many or name in self._asked}


class Memo:
    """Remembers results in a store."""

    def __init__(self, store: Store | None = None) -> None:
        self._store = store if store is not None else Store(None)
        self._lasting = store is not None
        self._tables: dict[str, Answers] = {}
        self.sure = True  # False: something was given up for lack of time or memory, which another run may have

    def key(self, kind: str, *parts: str | bytes) -> bytes:
        """Return the key of the function `kind` for what goes into it; the order of the parts counts."""
        found = hashlib.blake2b(stamp().encode() if self._lasting else b"", digest_size=_KEY)
        for part in (kind, *parts):
            data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
            found.update(b"%d:" % len(data))
            found.update(data)
        return found.digest()

    def table(self, name: str) -> Answers:
        """Return what is known of contents by a question's name; what is put there is kept by `flush`."""
        if name not in self._tables:
            self._tables[name] = Answers(self.recall(_ANSWERS, self.key("answers", name)) or _Kept({}))
        return self._tables[name]

    def flush(self) -> None:
        """Remember what was put into tables."""
        for name, table in self._tables.items():
            if table.grown:
                self.keep(_ANSWERS, self.key("answers", name), _Kept(table.worth_keeping()))
        self._tables.clear()

    def recall(self, codec: Codec[Value], key: bytes) -> Value | None:
        """Return the value of a key, None where it is not known."""
        stored = self._store.get([key])
        try:
            return codec.decode(stored[key]) if key in stored else None
        except ValueError:
            return None  # made by code that this is not: as good as absent

    def keep(self, codec: Codec[Value], key: bytes, value: Value) -> None:
        """Remember a value, unless it holds text that cannot be written."""
        with contextlib.suppress(ValueError):
            self._store.put({key: codec.encode(value)})

    def results(
        self,
        codec: Codec[Value],
        keys: Sequence[bytes | None],
        compute: Callable[[Sequence[int]], Iterable[Value]],
        lasting: Callable[[int], bool] = lambda _: True,
    ) -> list[Value]:
        """Return the value of each key, in order; `compute` makes those that are not known, by their indices.

        A key that is None stands for a result that is not kept, as do those made now that are not `lasting`.
        """
        return self.begun(codec, keys, compute, lasting)()

    def begun(
        self,
        codec: Codec[Value],
        keys: Sequence[bytes | None],
        compute: Callable[[Sequence[int]], Iterable[Value]],
        lasting: Callable[[int], bool] = lambda _: True,
    ) -> Callable[[], list[Value]]:
        """Call `compute` now, and return what reads its values and returns what `results` does."""
        known: dict[int, Value] = {}
        stored = self._store.get(key for key in keys if key is not None)
        for index, key in enumerate(keys):
            if key is not None and key in stored:
                try:
                    known[index] = codec.decode(stored[key])
                except ValueError:
                    continue
        todo = [index for index in range(len(keys)) if index not in known]
        made = compute(todo) if todo else ()

        def read() -> list[Value]:
            for index, value in zip(todo, list(made), strict=True):
                known[index] = value
                key = keys[index]
                if key is not None and self.sure and lasting(index):
                    self.keep(codec, key, value)
            return [known[index] for index in range(len(keys))]

        return read


@cache
def stamp() -> str:
    """Return what tells this program's code from any other: versions, and sizes and times of its files."""
    root = Path(__file__).parents[2]
    parts = [sys.version, *(f"{name} {installed(name)}" for name in _LIBRARIES)]
    for package in _CODE:
        for file in sorted((root / package).rglob("*")):
            if file.suffix in (".py", ".j2"):
                stat = file.stat()
                parts.append(f"{file.relative_to(root)} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=_KEY).hexdigest()
