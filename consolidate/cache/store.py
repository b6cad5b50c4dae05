"""A table of small values on disk that may be lost at any time, and never gives another value than it was given.

One SQLite file. Runs may share it: a reader is never stopped, and a writer that finds it busy keeps nothing. A file
that cannot be read is thrown away; a value whose checksum is wrong counts as absent. It is bounded: what was not used
for the longest time goes first. Nothing here raises for what is wrong with the file.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType

LARGEST = 256 * 1024 * 1024
"""Bytes of the file from which the older half of the values is let go."""

_BUSY = 2.0  # seconds that a run waits for another one that writes
_TOGETHER = 8_000_000  # bytes of new values that wait to be written
_SLICE = 500  # keys of one question; SQLite takes 999 at least
_DAY = 86_400
_SUM = 8  # bytes
# What is wrong with the moment or the place, not with the file.
_NOT_ITS_FAULT = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)
_TABLE = "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, used INTEGER NOT NULL, value BLOB NOT NULL)"


class Store:
    """Values (bytes) by key (bytes). A context manager: what is put is written when it is left, or when it is much."""

    def __init__(self, path: Path | None, largest: int = LARGEST) -> None:
        self._path, self._largest = path, largest
        self._today = int(time.time()) // _DAY
        self._database: sqlite3.Connection | None = None
        self._new: dict[bytes, bytes] = {}
        self._stale: list[bytes] = []
        self._waiting = 0  # bytes of new values
        if path is not None and path.is_symlink():
            self._path = None  # whatever it leads to is not ours
        elif path is not None and path.exists():
            self._open()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def blank(self) -> bool:
        """Whether nothing was kept here before."""
        return self._database is None

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the values of those keys that there are."""
        wanted = list(dict.fromkeys(keys))
        found = {key: self._new[key] for key in wanted if key in self._new}
        if self._database is None:
            return found
        with self._mended():
            for start in range(0, len(wanted), _SLICE):
                part = wanted[start : start + _SLICE]
                marks = ",".join("?" * len(part))
                question = f"SELECT key, used, value FROM kept WHERE key IN ({marks})"  # noqa: S608 - only marks
                for key, used, data in self._database.execute(question, part):
                    value = _checked(key, data)
                    if value is not None:
                        found[key] = value
                        if used < self._today:
                            self._stale.append(key)
        return found

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keep values, from now on and, if they can be written, in later runs."""
        self._new.update(values)
        self._waiting += sum(map(len, values.values()))
        if self._path is not None and self._waiting > _TOGETHER:
            self._save()

    def close(self) -> None:
        """Write what is new. Another run that is writing is waited for, for a while."""
        if self._path is not None and (self._new or self._stale):
            self._save()
        self._disconnect()

    def _save(self) -> None:
        if self._database is None:
            self._open()
        with self._mended():
            if self._database is not None:
                self._write(self._database)
        self._new, self._stale, self._waiting = {}, [], 0

    def _write(self, database: sqlite3.Connection) -> None:
        database.execute("BEGIN IMMEDIATE")
        rows = ((key, self._today, _sum(key, value) + value) for key, value in self._new.items())
        database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
        database.executemany("UPDATE kept SET used = ? WHERE key = ?", ((self._today, key) for key in self._stale))
        self._shrink(database)
        database.execute("COMMIT")

    def _shrink(self, database: sqlite3.Connection) -> None:
        (pages,), (size,) = (
            database.execute("PRAGMA page_count").fetchone(),
            database.execute("PRAGMA page_size").fetchone(),
        )
        (free,) = database.execute("PRAGMA freelist_count").fetchone()
        if (pages - free) * size <= self._largest:
            return
        rows = database.execute("SELECT key, length(value) FROM kept ORDER BY used, key").fetchall()
        over = sum(length for _, length in rows) // 2
        oldest = []
        for key, length in rows:
            if over <= 0:
                break
            oldest.append((key,))
            over -= length
        database.executemany("DELETE FROM kept WHERE key = ?", oldest)

    def _open(self) -> None:
        assert self._path is not None  # noqa: S101 - asked by the callers
        with self._mended():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(self._path, timeout=_BUSY, isolation_level=None)
            # A crash of the machine may damage the file: then it is thrown away. A killed process doesn't.
            self._database.execute("PRAGMA synchronous = OFF")
            self._database.execute(_TABLE)

    def _disconnect(self) -> None:
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error):
                self._database.close()
            self._database = None

    @contextlib.contextmanager
    def _mended(self) -> Iterator[None]:
        """Go on without the file where it cannot be used; one that is damaged is removed."""
        try:
            yield
        except (sqlite3.Error, OSError, ValueError) as error:
            self._disconnect()
            # The first byte of an extended code is the code itself (sqlite.org/rescode.html).
            code = getattr(error, "sqlite_errorcode", None)
            if self._path is not None and (code is None or code & 0xFF not in _NOT_ITS_FAULT):
                with contextlib.suppress(OSError):
                    self._path.unlink()


def _sum(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=_SUM, key=key[:64]).digest()


def _checked(key: object, data: object) -> bytes | None:
    """Return the value behind its checksum, None where it is not what was put."""
    if not isinstance(key, bytes) or not isinstance(data, bytes):
        return None
    value = data[_SUM:]
    return value if data[:_SUM] == _sum(key, value) else None
