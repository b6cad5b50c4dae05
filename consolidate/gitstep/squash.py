"""What the message of a squash merge tells: several commits' messages in one, each with its own trailers.

Pure. Three forms are known: `git merge --squash` lists the commits newest first, each message indented by four blanks
(git-merge(1), SQUASH_MSG); GitHub and GitLab put the messages below one another, oldest first, each subject behind
`* `; an interactive rebase puts them below one another as they are (git-rebase(1), "squash").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from consolidate.gitstep import trailers
from consolidate.gitstep.log import CommitRecord

_LISTING = "Squashed commit of the following:"
_COMMIT = re.compile(r"commit [0-9a-f]{7,64}\b")
_INDENT = "    "
_RULE = re.compile(r"-{3,}")  # GitHub's, above the co-authors
_OURS = r"(?:refactor|revert)\(.*\): phases? \d|(?:Revert|Reapply) \""
_BULLET = re.compile(rf"\* (?:{_OURS})")
_START = re.compile(rf"\* \S|{_OURS}")
_DIGEST = re.compile(r"sha256:[0-9a-f]+")


class Part(Struct, frozen=True):
    """One message of a commit: its subject, the rest of it, and its trailers as pairs of key and value."""

    subject: str
    body: str
    trailers: tuple[tuple[str, str], ...]

    def trailer(self, key: str) -> str:
        """Return the value of the first trailer with that key (ASCII case aside), or ""."""
        return next(iter(self.all(key)), "")

    def all(self, key: str) -> tuple[str, ...]:
        """Return the values of every trailer with that key (ASCII case aside)."""
        return tuple(value for name, value in self.trailers if name.lower() == key.lower())


def parts(record: CommitRecord) -> tuple[Part, ...]:
    """Return the messages that a commit's message holds, oldest first: those of a squash, else the message itself."""
    return _parts(record.subject, record.body, record.trailers)


def _parts(subject: str, body: str, own: tuple[tuple[str, str], ...]) -> tuple[Part, ...]:
    text = f"{subject}\n\n{body}".replace("\r\n", "\n")
    lines = text.split("\n")
    if _LISTING in lines:
        return tuple(part for message in _listed(lines) for part in _of_message(message))
    whole = (Part(subject, body, own),)
    groups = sum(bool(_group(paragraph)) for paragraph in trailers.paragraphs(body))
    at_end = any(key.lower() in _KEYS for key, _ in own)
    if not groups or (groups == 1 and at_end and not any(map(_BULLET.match, lines))):
        return whole
    return tuple(_told(message) for message in _pieces(lines))


_KEYS = (trailers.PHASE.lower(), trailers.REVERTS.lower())


def _of_message(message: str) -> tuple[Part, ...]:
    subject, _, body = message.partition("\n")
    return _parts(subject, body.strip("\n"), trailers.parse_trailers(message))


def _listed(lines: list[str]) -> list[str]:
    """Return the messages that `git merge --squash` lists, oldest first."""
    found: list[list[str]] = []
    for text in lines[lines.index(_LISTING) + 1 :]:
        if _COMMIT.match(text):
            found.append([])
        elif found and (text.startswith(_INDENT) or (found[-1] and not text.strip())):
            found[-1].append(text.removeprefix(_INDENT).rstrip())
    return ["\n".join(message).strip("\n") for message in reversed(found)]


def _pieces(lines: list[str]) -> Iterator[str]:
    """Yield the messages that lie below one another, without their bullets; what comes before them is the first."""
    piece: list[str] = []
    before = ""
    for text in lines:
        if _RULE.fullmatch(text):
            break
        if not before.strip() and _START.match(text) and piece:
            yield "\n".join(piece)
            piece = []
        piece.append(text)
        before = text
    yield "\n".join(piece)


def _told(message: str) -> Part:
    subject, _, body = message.strip("\n").partition("\n")
    groups = (_group(paragraph) for paragraph in trailers.paragraphs(body))
    return Part(subject.removeprefix("* "), body.strip("\n"), next((group for group in groups if group), ()))


def _group(paragraph: str) -> tuple[tuple[str, str], ...]:
    """Return a paragraph's trailers if they are those of a phase or of its revert, whole: prose may name one."""
    found = trailers.block(paragraph)
    keys = {key.lower(): value for key, value in found}
    whole = any(key in keys for key in _KEYS) and keys.get(trailers.MIGRATION.lower())
    return found if whole and _DIGEST.fullmatch(keys.get(trailers.PLAN.lower(), "")) else ()
