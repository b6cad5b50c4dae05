"""The cache's file: what is kept, what is thrown away, and that nothing about it is ever an error or a wrong value."""

import multiprocessing
import random
import sqlite3
from pathlib import Path

import pytest

from consolidate.cache.store import Store


def _keep(path: Path, values: dict[bytes, bytes], **options: int) -> None:
    with Store(path, **options) as store:
        store.put(values)


def _kept(path: Path, *keys: bytes) -> dict[bytes, bytes]:
    with Store(path) as store:
        return store.get(keys)


def test_what_is_put_is_there_at_once_and_in_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "made" / "facts"
    with Store(path) as store:
        store.put({b"a": b"1", b"b": b""})
        assert store.get([b"a", b"b", b"c"]) == {b"a": b"1", b"b": b""}
        assert not path.exists()
    assert _kept(path, b"c", b"b", b"a") == {b"a": b"1", b"b": b""}
    _keep(path, {b"a": b"2"})
    assert _kept(path, b"a") == {b"a": b"2"}


def test_more_keys_than_one_question_takes(tmp_path: Path) -> None:
    values = {str(number).encode(): bytes([number % 256]) for number in range(3_000)}
    _keep(tmp_path / "facts", values)
    assert _kept(tmp_path / "facts", *values) == values


def test_a_run_that_only_reads_makes_no_file(tmp_path: Path) -> None:
    assert _kept(tmp_path / "facts", b"a") == {}
    assert list(tmp_path.iterdir()) == []


def test_much_is_written_before_the_end_and_found_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consolidate.cache.store._TOGETHER", 100)
    with Store(tmp_path / "facts") as store:
        for number in range(30):
            store.put({b"%d" % number: b"x" * 10})
        assert len(_kept(tmp_path / "facts", *(b"%d" % number for number in range(30)))) == 22
        assert len(store.get(b"%d" % number for number in range(30))) == 30
    assert len(_kept(tmp_path / "facts", *(b"%d" % number for number in range(30)))) == 30


def test_without_a_path_nothing_is_written() -> None:
    with Store(None) as store:
        store.put({b"a": b"1"})
        assert store.get([b"a"]) == {b"a": b"1"}


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 200])
def test_a_file_that_is_no_database_is_made_again(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "facts"
    path.write_bytes(damage)
    assert _kept(path, b"a") == {}
    _keep(path, {b"a": b"1"})
    _keep(path, {b"b": b"2"})
    assert _kept(path, b"a", b"b")[b"b"] == b"2"


def test_a_file_of_another_shape_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "facts"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE kept (something TEXT)")
    database.close()
    assert _kept(path, b"a") == {}
    for _ in range(2):
        _keep(path, {b"a": b"1"})
    assert _kept(path, b"a") == {b"a": b"1"}


def test_any_damaged_byte_is_a_miss_and_never_another_value(tmp_path: Path) -> None:
    path = tmp_path / "facts"
    values = {bytes([number]) * 16: random.Random(number).randbytes(300) for number in range(60)}
    _keep(path, values)
    whole = path.read_bytes()
    chance = random.Random(1)
    hit = 0
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(20):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        found = _kept(path, *values)
        assert found.items() <= values.items()
        hit += len(found) < len(values)
        path.unlink(missing_ok=True)
    assert hit > 100


def test_a_value_under_another_key_is_a_miss(tmp_path: Path) -> None:
    path = tmp_path / "facts"
    _keep(path, {b"a": b"1", b"b": b"2"})
    with sqlite3.connect(path) as database:
        (value,) = database.execute("SELECT value FROM kept WHERE key = ?", (b"a",)).fetchone()
        database.execute("UPDATE kept SET value = ? WHERE key = ?", (value, b"b"))
    database.close()
    assert _kept(path, b"a", b"b") == {b"a": b"1"}


def test_it_stays_small_and_lets_go_what_was_not_used_for_longest(tmp_path: Path) -> None:
    path, largest = tmp_path / "facts", 400_000
    for number in range(12):
        old = Store(path, largest)
        old._today = number
        with old:
            old.get([b"always"])
            if number:
                old.put({f"{number} {part}".encode(): bytes(1_000) for part in range(100)})
            else:
                old.put({b"always": b"x"})
    assert path.stat().st_size < 2 * largest
    assert _kept(path, b"always", b"1 0", b"11 0") == {b"always": b"x", b"11 0": bytes(1_000)}


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE mine (something TEXT)")
    database.close()
    before = other.read_bytes()
    (tmp_path / "facts").symlink_to(other)
    _keep(tmp_path / "facts", {b"a": b"1"})
    assert other.read_bytes() == before


def test_a_busy_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consolidate.cache.store._BUSY", 0.05)
    path = tmp_path / "facts"
    _keep(path, {b"a": b"1"})
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    _keep(path, {b"b": b"2"})
    assert _kept(path, b"a") == {}
    other.execute("COMMIT")
    other.close()
    assert _kept(path, b"a", b"b") == {b"a": b"1"}


def _write_many(path: Path, name: int) -> None:
    for number in range(20):
        _keep(path, {f"{name} {number}".encode(): str(number).encode() * 50, b"all": b"same"})


def test_several_runs_at_once(tmp_path: Path) -> None:
    path = tmp_path / "facts"
    context = multiprocessing.get_context("spawn")
    runs = [context.Process(target=_write_many, args=(path, name)) for name in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert [run.exitcode for run in runs] == [0] * 4
    found = _kept(path, b"all", *(f"{name} {number}".encode() for name in range(4) for number in range(20)))
    assert found[b"all"] == b"same"
    assert len(found) == 81


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    _keep(tmp_path / "file" / "facts", {b"a": b"1"})
    assert _kept(tmp_path / "file" / "facts", b"a") == {}
