"""The commits of a branch as values, read from the raw objects: no setting of the user can change their form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone

from msgspec import Struct

from consolidate.gitstep.objects import read_blobs
from consolidate.gitstep.port import Git, ask
from consolidate.gitstep.trailers import parse_trailers


class CommitRecord(Struct, frozen=True):
    """One commit. `date` is the author's, ISO 8601 with its zone; `body` is the message without the subject.

    `trailers` are pairs of key and value in the order of the message.
    """

    id: str
    parents: tuple[str, ...]
    tree: str
    author: str
    date: str
    subject: str
    body: str
    trailers: tuple[tuple[str, str], ...]

    def trailer(self, key: str) -> str:
        """Return the value of the first trailer with that key (ASCII case aside), or ""."""
        return next((value for name, value in self.trailers if name.lower() == key.lower()), "")


def log(git: Git, rev: str, since: str = "", needles: Sequence[str] = ()) -> Iterator[CommitRecord]:
    """Yield the commits that `rev` reaches and `since` does not, children before their parents.

    Both are full ids, `since` may be "". With `needles`, only commits whose message contains one of these strings.
    """
    wanted = [f"--grep={needle}" for needle in needles]
    ids = ask(git, "rev-list", "--topo-order", "--fixed-strings", *wanted, rev, *([f"^{since}"] if since else []), "--")
    for commit, data in read_blobs(git, ids.decode("ascii").split()):
        if data is not None:
            yield parse_commit(commit, data)


def parse_commit(commit: str, data: bytes) -> CommitRecord:
    """Return the record of a raw commit object."""
    head, _, raw = data.partition(b"\n\n")
    tree, author, date, charset = "", "", "", "utf-8"
    parents: list[str] = []
    for header in head.split(b"\n"):
        key, _, value = header.partition(b" ")
        if key == b"tree":
            tree = value.decode("ascii")
        elif key == b"parent":
            parents.append(value.decode("ascii"))
        elif key == b"author":
            author, date = _author(value)
        elif key == b"encoding":
            charset = value.decode("ascii", "replace")
    message = _text(raw, charset)
    subject, _, body = message.strip("\n").partition("\n")
    # Most commits of a repository have no trailer of ours, and no block of trailers has no colon.
    trailers = parse_trailers(message) if ":" in body else ()
    return CommitRecord(commit, tuple(parents), tree, author, date, subject, body.strip("\n"), trailers)


def _text(raw: bytes, charset: str) -> str:
    try:
        return raw.decode(charset)
    except (LookupError, ValueError):  # ValueError: undecodable, or a codec that is none for text
        return raw.decode("utf-8", "replace")


def _author(value: bytes) -> tuple[str, str]:
    """Return name and ISO 8601 date of `Name <mail> seconds +hhmm`; a date that no calendar has is left as it is."""
    name, _, rest = value.partition(b" <")
    moment = rest.rpartition(b"> ")[2].decode("ascii", "replace")
    try:
        seconds, zone = moment.split(" ")
        minutes = int(zone[1:-2] or 0) * 60 + int(zone[-2:])
        offset = timezone(timedelta(minutes=-minutes if zone.startswith("-") else minutes))
        moment = datetime.fromtimestamp(int(seconds), offset).isoformat()
    except (ValueError, OverflowError, OSError):
        pass
    return name.decode("utf-8", "replace"), moment
