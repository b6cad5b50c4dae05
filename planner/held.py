"""What reviewers rejected: the files that are left as they are, with all that cannot go without them.

A rejected edit holds its whole file, because an import and its uses make sense together only. What other files need of
it follows by the rules by which any importer stays (planner.settle): who takes a name from a held file goes on finding
it, and who hands a name to one goes on having it. A held legacy module gets no shim, as with `shim = "none"`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from planner.model import Action, Reference

if TYPE_CHECKING:
    from planner.config import Config
    from planner.decision import Decision
    from planner.documents import Document
    from planner.survey import Survey

DECISIONS = ".consolidate-review.json"
"""The file of the repository that keeps what reviewers decided, beside the configuration; it is never edited."""


class Held(Struct, frozen=True, order=True):
    """A file that stays, and why. `removal` tells that it is not the file, but that a shim is deleted in the end."""

    path: str
    reason: str
    removal: bool = False


def with_held(config: Config, held: Sequence[Held]) -> Config:
    """Return the configuration with files that are held; its digest is another one, unless there are none."""
    if not held:
        return config
    text = "".join(f"\0{item.path}\0{item.reason}\0{item.removal}" for item in sorted(held))
    digest = hashlib.sha256(f"{config.sha256}{text}".encode("utf-8", "surrogateescape")).hexdigest()
    return replace(config, held=tuple(sorted(held)), sha256=digest)


def reasons(config: Config) -> dict[str, str]:
    """Return why each held file stays, by path."""
    return {item.path: item.reason for item in config.held if not item.removal}


def hold(survey: Survey) -> None:
    """Let the references of held files stay; first of all, so that what follows from it is found."""
    why = reasons(survey.config)
    for file in [*survey.files, *survey.blocks]:
        for item in file.references if file.path in why else ():
            item.stay(Action.MANUAL, why[file.path])


def left(references: Iterable[Reference], reason: str) -> tuple[Reference, ...]:
    """Return references as they are told: left, where nothing but the review keeps them from being rewritten."""
    return tuple(
        replace(item, action=Action.LEFT, new="", reason=reason, phase=None)
        if item.action is Action.REWRITTEN or item.reason == reason
        else item
        for item in references
    )


def left_decisions(config: Config, decisions: Mapping[str, Decision]) -> dict[str, Decision]:
    """Return decisions with the references of held files as they are told."""
    why = reasons(config)
    return {
        path: replace(found, references=left(found.references, why[path]), passing=left(found.passing, why[path]))
        if path in why
        else found
        for path, found in decisions.items()
    }


def left_documents(config: Config, documents: Iterable[Document]) -> list[Document]:
    """Return documents, those that are held with nothing to be done in them."""
    why = reasons(config)
    return [
        replace(found, references=left(found.references, why[found.path]), renames=(), decision=None)
        if found.path in why
        else found
        for found in documents
    ]


def notes(config: Config, paths: Iterable[str]) -> list[str]:
    """Return what the plan says of the held ones among its files: a line for each."""
    known = frozenset(paths)
    what = {False: "is left as it is", True: "is not deleted"}
    return [f"{item.path} {what[item.removal]}: {item.reason}" for item in config.held if item.path in known]
