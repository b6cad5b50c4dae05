"""What a rejection keeps back beside its own file: told by plans that are made as if it had been rejected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from enum import StrEnum

from msgspec import Struct, field

from consolidate.removal import holds
from consolidate.render.words import number
from planner.held import Held
from planner.model import Action, Edit, Plan, Reference

MOST_PLANS = 60  # that are made for one page
MOST_FILES = 20_000  # that those plans look at together, so that the page of a monorepo does not wait for minutes
FEWEST_PLANS = 4
REASON = "rejected in review"


class Fate(StrEnum):
    """What becomes of a file that is not rejected itself."""

    LEFT = "left"
    PARTLY = "partly"
    OTHERWISE = "otherwise"
    KEPT = "kept"


Planned = Callable[[Sequence[Held]], Plan | None]
"""Makes the plan with more files held, None where the configuration allows none then."""
_MEANING = {
    Fate.LEFT: "is left as it is ({})",
    Fate.PARTLY: "is changed in part, without {}",
    Fate.OTHERWISE: "is changed in another way ({})",
    Fate.KEPT: "is not deleted",
}


class KeptBack(Struct, frozen=True, order=True):
    """A file that a rejection keeps back, though it is in another one; `reason` is the plan's, "" where it has none.

    `edits` counts those of it that are not made, or not as they were.
    """

    path: str
    fate: Fate
    edits: int
    reason: str = ""

    @property
    def told(self) -> str:
        """What becomes of it, in words."""
        return _MEANING[self.fate].format(number(self.edits, "edit"))


class Answers(Struct, frozen=True):
    """What rejections keep back, by the path of the rejected file; `unasked` are paths of which nobody knows.

    `undeleted` are the deletions of shims: to reject one of them keeps all others back.
    """

    of: Mapping[str, tuple[KeptBack, ...]] = field(default_factory=dict)
    unasked: frozenset[str] = frozenset()
    undeleted: tuple[str, ...] = ()


def edited(plan: Plan) -> list[str]:
    """Return the paths of the files that a plan changes, sorted, without those that it merely deletes in the end."""
    return sorted({file.path for phase in plan.phases for file in phase.files if not file.deleted})


def kept_back(before: Plan, after: Plan, rejected: Iterable[Held]) -> tuple[KeptBack, ...]:
    """Return what the plan `after` leaves of `before` beside what was rejected for it."""
    old, new = _edits(before), _edits(after)
    found = []
    lost = _no_more_rewritten(before, after)
    for key in {(item.path, item.removal) for item in rejected}:
        old.pop(key, None)
    for (path, deleted), edits in old.items():
        if deleted and (path, deleted) not in new:
            found.append(KeptBack(path, Fate.KEPT, len(edits), _why_not_deleted(after)))
        elif not deleted and (remaining := new.get((path, deleted), ())) != edits:
            still = [_told(edit) for edit in remaining]
            missing = sum(1 for edit in edits if _told(edit) not in still)
            mine = lost.get(path, [])
            fate = Fate.LEFT if not remaining else Fate.PARTLY if mine else Fate.OTHERWISE
            if missing:
                found.append(KeptBack(path, fate, missing, mine[0].reason if mine else ""))
    return tuple(sorted(found))


def answers(
    base: Plan,
    paths: Collection[str],
    ties: Mapping[str, str],
    planned: Planned,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Answers:
    """Return what the rejection of each of these files that the plan `base` changes, by itself, keeps back.

    `ties` are those of `planner.ties`. Of files that are tied to one another, one is held at a time; legacy modules are
    held one by one; of all others many are held at once. What comes of that and can't be told apart is asked again by
    halves. How many plans are made is limited by their number and by the files that they look at.
    """
    wanted = [path for path in edited(base) if path in paths]
    most = max(FEWEST_PLANS, min(MOST_PLANS, MOST_FILES // max(base.scanned, 1)))
    asking = _Asking(base, ties, planned, most)
    done = 0
    for batch in _batches(wanted, ties, {engine.path for engine in base.engines}):
        asking.ask(batch)
        done += len(batch)
        progress(done, len(wanted))
    keeping = _keeping_shims(base)
    found = {
        path: tuple(sorted((*asking.found.get(path, ()), *(() if path in asking.alone else keeping(path)))))
        for path in wanted
        if path not in asking.unasked
    }
    gone = sorted({file.path for phase in base.phases for file in phase.files if file.deleted})
    return Answers({path: kept for path, kept in found.items() if kept}, frozenset(asking.unasked), tuple(gone))


class _Asking:
    """Holds batches of files until it is known what each of them keeps back."""

    def __init__(self, base: Plan, ties: Mapping[str, str], planned: Planned, most: int) -> None:
        self._base, self._ties, self._planned, self._left = base, ties, planned, most
        self.found: dict[str, list[KeptBack]] = {}
        self.unasked: set[str] = set()
        self.alone: set[str] = set()  # asked with nothing else: nothing is to be told apart

    def ask(self, batch: Sequence[str]) -> None:
        """Ask for a batch, of which no two files are tied to one another."""
        if self._left <= 0:
            self.unasked.update(batch)
            return
        self._left -= 1
        held = [Held(path, REASON) for path in batch]
        plan = self._planned(held)
        if plan is None:
            self.unasked.update(batch)
            return
        kept = kept_back(self._base, plan, held)
        if len(batch) == 1:
            self.alone.update(batch)
            self.found[batch[0]] = list(kept)
            return
        # The deletions of the last phase wait for every file; see `_keeping_shims`.
        kept = tuple(item for item in kept if item.fate is not Fate.KEPT)
        by_tie = {self._ties[path]: path for path in batch if path in self._ties}
        owners = [by_tie.get(self._ties.get(item.path, "")) for item in kept]
        if None in owners:
            middle = len(batch) // 2
            self.ask(batch[:middle])
            self.ask(batch[middle:])
            return
        for owner, item in zip(owners, kept, strict=True):
            self.found.setdefault(owner or "", []).append(item)


class Beside:
    """Tells, rejection by rejection, what more is kept back."""

    def __init__(self, base: Plan, ties: Mapping[str, str], planned: Planned, before: Iterable[Held] = ()) -> None:
        """Begin where `before` is held already, and `base` is the plan with it."""
        self._now, self._ties, self._planned = base, ties, planned
        self._apart = {engine.path for engine in base.engines}
        self._held = tuple(before)

    def of(self, held: Iterable[Held]) -> tuple[KeptBack, ...] | None:
        """Return what is kept back if these are rejected, too; None where the configuration allows no plan then."""
        return self._next(held)[1]

    def rejected(self, held: Iterable[Held]) -> tuple[KeptBack, ...] | None:
        """Go on from here with these rejected, and return what that keeps back."""
        held = tuple(held)
        plan, kept = self._next(held)
        self._held += held
        self._now = plan or self._now
        return kept

    def _next(self, held: Iterable[Held]) -> tuple[Plan | None, tuple[KeptBack, ...] | None]:
        held = tuple(held)
        deletes = any(file.deleted for phase in self._now.phases for file in phase.files)
        if not deletes and not any(item.path in self._ties or item.path in self._apart for item in held):
            return None, ()  # nothing of other files depends on these, so no plan is made for them
        plan = self._planned((*self._held, *held))
        return plan, None if plan is None else kept_back(self._now, plan, (*self._held, *held))


def _batches(paths: Iterable[str], ties: Mapping[str, str], legacy: Set[str]) -> Iterable[list[str]]:
    """Yield what is held at once: what is tied to nothing, the n-th of each tied set, each legacy module."""
    alone, sets, modules = [], dict[str, list[str]](), []
    for path in paths:
        if path in legacy:
            modules.append([path])
        elif path in ties:
            sets.setdefault(ties[path], []).append(path)
        else:
            alone.append(path)
    if alone:
        yield alone
    for nth in range(max(map(len, sets.values()), default=0)):
        yield [members[nth] for members in sets.values() if nth < len(members)]
    yield from modules


def _keeping_shims(base: Plan) -> Callable[[str], list[KeptBack]]:
    """Return what tells of a path which deletions of shims its rejection keeps back: all of them, or none."""
    deleted = [file for phase in base.phases for file in phase.files if file.deleted]
    gone = {file.path for file in deleted}
    engines = {engine.id for engine in base.engines if engine.path in gone}
    needing: dict[str, Reference] = {}
    for item in base.references:
        if item.action is Action.REWRITTEN and item.engine in engines and holds(item):
            needing.setdefault(item.path, item)

    def keeping(path: str) -> list[KeptBack]:
        if path not in needing:
            return []
        reason = f"the shims stay: {path}:{needing[path].line} goes on referring to one of them"
        return [KeptBack(file.path, Fate.KEPT, len(file.edits), reason) for file in deleted]

    return keeping


def _edits(plan: Plan) -> dict[tuple[str, bool], tuple[Edit, ...]]:
    found: dict[tuple[str, bool], tuple[Edit, ...]] = {}
    for phase in plan.phases:
        for file in phase.files:
            key = (file.path, bool(file.deleted))
            found[key] = (*found.get(key, ()), *file.edits)
    return found


def _told(edit: Edit) -> tuple[str, str, str, int]:
    return (edit.codemod, edit.old, edit.new, edit.line)


def _no_more_rewritten(before: Plan, after: Plan) -> dict[str, list[Reference]]:
    """Return the references that one plan rewrites and another does not, as that one tells them, by path."""
    place = {
        (item.path, item.line, item.column, item.engine)
        for item in before.references
        if item.action is Action.REWRITTEN
    }
    found: dict[str, list[Reference]] = {}
    for item in after.references:
        if item.action is not Action.REWRITTEN and (item.path, item.line, item.column, item.engine) in place:
            found.setdefault(item.path, []).append(item)
    return found


def _why_not_deleted(after: Plan) -> str:
    return next((note for note in after.notes if note.startswith("the shims stay")), "")
