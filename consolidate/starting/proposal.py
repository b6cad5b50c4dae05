"""What `init --detect` proposes: engines, what takes their place, exports, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from msgspec import Struct

from consolidate.errors import UsageProblem
from consolidate.render.words import number
from consolidate.starting.candidate import Candidate
from consolidate.starting.code import Code, Progress
from consolidate.starting.draft import Draft, DraftEngine, DraftExport
from consolidate.starting.exports import exports_of
from consolidate.starting.families import Family, families
from consolidate.starting.finding import find, given, with_importers
from planner.model import Symbol

_COVERED = 0.25
"""The share of an engine's public members that its replacement has at least; below it, they are of other domains."""


class Proposed(Struct, frozen=True):
    """An engine with its evidence. `shared` of its `public` members are the replacement's, too."""

    candidate: Candidate
    replacement: Candidate
    mode: str
    exports: tuple[DraftExport, ...] = ()

    @property
    def shared(self) -> int:
        """How many of its public members the replacement has."""
        return len(self.candidate.public & self.replacement.members)

    @property
    def bases(self) -> tuple[Symbol, ...]:
        """The bases that it has in common with the replacement, or the replacement itself where that is one."""
        one, other = self.candidate, self.replacement
        return tuple(sorted(one.bases & (other.bases | {other.symbol})))

    def facts(self) -> dict[str, Any]:
        """Return it as JSON."""
        one = self.candidate
        return {
            "legacy": str(one.symbol),
            "path": one.path,
            "line": one.line,
            "kind": one.kind,
            "found_by": one.found,
            "replacement": str(self.replacement.symbol),
            "mode": self.mode,
            "bases": [str(base) for base in self.bases],
            "members": len(one.public),
            "shared_members": self.shared,
            "importers": len(one.importers),
            "test_importers": len(one.tests),
            "deprecated": one.deprecated,
            "exports": [
                {"name": item.name, "home": item.home, "sure": item.is_sure, "why": item.why} for item in self.exports
            ],
        }

    def remark(self) -> str:
        """Return the evidence as a sentence."""
        one = self.candidate
        parts = [_FOUND.get(one.found, "") if one.kind != "redirect" else f"hands out {one.home}"]
        if one.public:
            parts.append(f"{self.shared} of its {number(len(one.public), 'public member')} are {self._whose}")
        if self.bases:
            parts.append(f"a base in common: {', '.join(base.last for base in self.bases)}")
        parts.append(f"imported by {number(len(one.importers), 'file')} and {number(len(one.tests), 'test')}")
        parts += ["called deprecated"] if one.deprecated and one.kind != "redirect" else []
        text = "; ".join(part for part in parts if part)
        return f"{text[:1].upper()}{text[1:]}." + (" Another domain, it seems." if self.mode == "report" else "")

    @property
    def _whose(self) -> str:
        return f"also of {self.replacement.symbol.last}"


_FOUND = {"name": "its name matches", "bases": "its name matches in part", "members": "similar members, another name"}


class Proposal(Struct, frozen=True):
    """What is proposed. `others` look alike and are not proposed, each with the reason; `unread` could not be read."""

    pattern: str
    target: Candidate
    engines: tuple[Proposed, ...]
    others: tuple[tuple[Symbol, str], ...]
    roots: tuple[str, ...]
    exclude: tuple[str, ...]
    unread: tuple[tuple[str, str], ...]

    def facts(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "pattern": self.pattern,
            "target": str(self.target.symbol),
            "source_roots": list(self.roots),
            "exclude": list(self.exclude),
            "engines": [engine.facts() for engine in self.engines],
            "look_alikes": [{"symbol": str(symbol), "why": why} for symbol, why in self.others],
            "unread": [{"path": path, "why": why} for path, why in self.unread],
        }

    def draft(self) -> Draft:
        """Return the configuration that says it."""
        one = self.target
        used = f"imported by {number(len(one.importers), 'file')} and {number(len(one.tests), 'test')}"
        engines = tuple(
            DraftEngine(
                str(engine.candidate.symbol),
                "" if engine.replacement is one else str(engine.replacement.symbol),
                engine.mode,
                (engine.remark(),),
                engine.exports,
            )
            for engine in self.engines
        )
        remark = f"Proposed: {number(len(one.public), 'public member')}, {used}."
        others = tuple(f"{symbol}: {why}" for symbol, why in self.others)
        return Draft(str(one.symbol), engines, self.roots, self.exclude, (remark,), others)


def propose(code: Code, pattern: re.Pattern[str], target: Symbol | None, progress: Progress) -> Proposal:
    """Return the proposal for the duplicates of a commit. Raises UsageProblem where there are none."""
    finds = find(code, pattern, progress)
    candidates = finds.candidates
    if target is not None and all(one.symbol != target for one in candidates):
        chosen = given(code, target)
        if chosen is None:
            raise UsageProblem(
                f"{target} is defined nowhere", "--target", "name a class or function where it is defined"
            )
        candidates = with_importers(code, [*candidates, chosen])
        finds.others.pop(target, None)
    found = families(candidates, target)
    if not found or not found[0].others:
        _nothing(pattern.pattern, [one.symbol for one in candidates], finds.names.values())
    engines = [_proposed(one, family.survivor) for family in found for one in family.others]
    others = dict(finds.others)
    for family in found[1:]:
        if not family.others:
            _alone(family, found[0].survivor, candidates, engines, others)
    return Proposal(
        pattern=pattern.pattern,
        target=found[0].survivor,
        engines=exports_of(code, engines, [family.survivor for family in found], finds.names),
        others=tuple(sorted(others.items())),
        roots=code.roots,
        exclude=tuple(f"{folder}/**" for folder in code.aside()),
        unread=tuple(sorted(code.unread.items())),
    )


def _proposed(one: Candidate, survivor: Candidate) -> Proposed:
    near = one.kind != "class" or bool(one.bases & (survivor.bases | {survivor.symbol}))
    return Proposed(one, survivor, "consolidate" if near or survivor.covered(one) >= _COVERED else "report")


def _alone(
    family: Family,
    target: Candidate,
    candidates: Sequence[Candidate],
    engines: list[Proposed],
    others: dict[Symbol, str],
) -> None:
    """Propose what resembles nothing much to be reported, and only name what has nothing in common with the rest."""
    one = family.survivor
    if any(one.shared(other) for other in candidates if other is not one and other.head == one.head):
        engines.append(Proposed(one, target, "report"))
    else:
        others[one.symbol] = "it has no member in common with the others"


def _nothing(pattern: str, found: Sequence[Symbol], names: Any) -> None:
    if len(found) > 1:
        raise UsageProblem(
            f"{len(found)} definitions match, and no two of them have much in common",
            "--detect",
            "name them: --target SYMBOL --legacy SYMBOL",
        )
    known = sorted({name for here in names for name in here})
    near = get_close_matches(re.sub(r"\W+", "", pattern), known, n=1, cutoff=0.5)
    what = f"only {found[0]} matches" if found else "no class or function matches"
    raise UsageProblem(
        f"{what} {pattern[:60]!r}", "--detect", f"did you mean {near[0]!r}?" if near and not found else ""
    )
