"""What `doctor` finds: one hazard each."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How much a hazard matters, the worst first."""

    BLOCKS = "blocks"
    HINDERS = "hinders"
    NOTE = "note"


class Finding(Struct, frozen=True):
    """A hazard: a stable `code`, what it is, where (paths from the root, or settings), and what to do about it."""

    severity: Severity
    code: str
    what: str
    where: tuple[str, ...] = ()
    todo: str = ""

    def facts(self) -> dict[str, object]:
        """Return it as JSON has it."""
        return {
            "severity": str(self.severity),
            "code": self.code,
            "what": self.what,
            "where": list(self.where),
            "todo": self.todo,
        }


def blocks(code: str, what: str, where: Sequence[str] = (), todo: str = "") -> Finding:
    """Return a hazard that keeps `apply` from running."""
    return Finding(Severity.BLOCKS, code, what, tuple(where), todo)


def hinders(code: str, what: str, where: Sequence[str] = (), todo: str = "") -> Finding:
    """Return a hazard that makes the migration's result less than it could be."""
    return Finding(Severity.HINDERS, code, what, tuple(where), todo)


def note(code: str, what: str, where: Sequence[str] = (), todo: str = "") -> Finding:
    """Return something that is good to know."""
    return Finding(Severity.NOTE, code, what, tuple(where), todo)


def ranked(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings, the worst first, each of them once."""
    order = list(Severity)
    return sorted(dict.fromkeys(findings), key=lambda item: (order.index(item.severity), item.code, item.where))
