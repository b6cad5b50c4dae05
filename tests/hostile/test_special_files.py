"""What is no file lies where git has one: a pipe, a device, a socket. Nobody waits for it, nobody reads it."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consolidate.repository import Repository
from consolidate.snapshots import WorktreeSnapshot, read_most

SECONDS = 20


def _socket(place: Path) -> None:
    here = Path.cwd()
    os.chdir(place.parent)  # the address of a socket has 107 bytes at most
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(place.name)
    finally:
        os.chdir(here)


SPECIAL: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "link to an endless device": lambda place: place.symlink_to("/dev/zero"),
    "link to a pipe": lambda place: (os.mkfifo(f"{place}.pipe"), place.symlink_to(f"{place.name}.pipe")),
    "link to itself": lambda place: place.symlink_to(place.name),
    "socket": _socket,
    "folder": Path.mkdir,
}


@pytest.fixture
def _in_time() -> Iterator[None]:
    def late(*_: object) -> None:
        pytest.fail("it waits, or reads without end")  # no OSError, which might be taken for that of a file

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, SECONDS, 0.1)  # again and again, until the test itself has failed
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("_in_time")
@pytest.mark.parametrize("make", SPECIAL.values(), ids=SPECIAL)
def test_every_command_answers_in_time(world, make):
    places = [world.root / path for path in ("app/user.py", "docs/use.md", "app/more.py")]
    for place in places:
        place.unlink()
        make(place)
    checked = world.run("check")
    assert checked.code == 1, checked
    # What can be read is still found.
    assert {line.partition(":")[0] for line in checked.out.splitlines()} == {"app/second.py", "tests/test_user.py"}
    for words in (("plan",), ("status",), ("diff", "--phase", "1"), ("doctor",)):
        assert world.run(*words).code in (0, 1), words
    before = world.state()
    refused = world.run("apply", "--phase", "1")
    assert (refused.code, refused.one_line) == (3, True), refused
    assert "app/more.py" in refused.err
    assert world.state() == before


def test_what_is_no_file_is_listed_as_skipped_and_a_link_to_a_file_is_read(world):
    (world.root / "app/user.py").rename(world.root / "moved.py")
    (world.root / "app/user.py").symlink_to("../moved.py")
    (world.root / "app/second.py").unlink()
    os.mkfifo(world.root / "app/second.py")
    with Repository.open(world.root) as repository:
        snapshot = WorktreeSnapshot(repository)
        paths = ["app/engine.py", "app/second.py", "app/user.py"]
        assert snapshot.missing(paths) == {"app/second.py"}
        assert dict(snapshot.read(paths))["app/second.py"] is None
        assert snapshot.containing(["OldEngine"]) >= {"app/user.py"}


@pytest.mark.parametrize("most", [1, 9, 10, 11, 100])
def test_a_file_that_grows_or_tells_no_size_is_read_all_the_same(tmp_path: Path, most: int) -> None:
    place = tmp_path / "file"
    place.write_bytes(b"0123456789")
    with place.open("rb") as file:
        assert read_most(file, most) == b"0123456789"[:most]
        assert read_most(file, most) == b"0123456789"[most : 2 * most]
    if Path("/proc/version").exists():  # its size is told as 0
        text = Path("/proc/version").read_bytes()
        with open("/proc/version", "rb") as file:  # noqa: PTH123 - as it is
            assert read_most(file, most) == text[:most]
