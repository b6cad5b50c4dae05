"""What the plan tells of the contract between an engine and its replacement (contract.md, "The contract gate")."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Verdict(StrEnum):
    """How the replacement compares: `bridged` is told of constructors alone, `absent` of members alone."""

    SAME = "same"
    BRIDGED = "bridged"
    DIFFERS = "differs"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Constructor(Struct, frozen=True):
    """How both sides are constructed (or called, where they are functions), and how the importers' calls fare.

    `calls` counts those that fit both sides alike (`fit`), that the engine's rule rewrites (`bridged`) and that need a
    human (`unfit`); `places` are those of the last (`path:line`, sorted).
    """

    legacy: str = ""
    replacement: str = ""
    verdict: Verdict = Verdict.UNKNOWN
    calls: tuple[tuple[str, int], ...] = (("bridged", 0), ("fit", 0), ("unfit", 0))
    places: tuple[str, ...] = ()


class Member(Struct, frozen=True):
    """A member of an engine that importers use: what it is on both sides, how often and where it is used.

    `legacy` and `replacement` are signatures, "absent" where the replacement has none; `how` says what is different. A
    use is any attribute of that name in an importing file; `certain` are the places where the object is known to be the
    engine or an instance of it. Places are `path:line`, sorted.
    """

    member: str
    kind: str
    legacy: str
    replacement: str
    verdict: Verdict
    how: str
    uses: int
    files: int
    places: tuple[str, ...]
    certain: tuple[str, ...] = ()


class EngineContract(Struct, frozen=True):
    """The contract of one engine: `mode` is that of the configuration, the members come with the most used first."""

    mode: str = "check"
    constructor: Constructor = Constructor()
    members: tuple[Member, ...] = ()

    @property
    def lacking(self) -> tuple[Member, ...]:
        """The members that importers use and the replacement lacks or has differently."""
        return tuple(member for member in self.members if member.verdict is not Verdict.SAME)


class Addition(Struct, frozen=True):
    """What a human must add to a replacement, or change in it, before more importers can move.

    `signature` is that of the legacy member, `how` what is different; `engines` the ids of the engines that have it.
    `frees` counts the importers to which the gate objects for nothing but this member and those before it in the list
    of the same replacement.
    """

    replacement: str
    member: str
    kind: str
    signature: str
    verdict: Verdict
    how: str
    uses: int
    files: int
    frees: int
    engines: tuple[str, ...]
