"""Where a migration stands: the plan, the commits, the work tree, and the verifications that were kept."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from consolidate.errors import UsageProblem
from consolidate.gate.finding import callers
from consolidate.gitstep.history import PhaseState
from consolidate.gitstep.paths import placed
from consolidate.plans import Chosen
from consolidate.repository import Repository
from planner.model import EnginePlan, Phase, Plan, Reference, ShimKind


class Verified(Struct, frozen=True):
    """What `verify` found of a phase: how many tests it compared, and how many of them newly fail or are gone."""

    tests: int
    worse: int


class Standing(Struct, frozen=True):
    """A plan and what is so now.

    `now` are the references in code outside of the legacy modules, as the work tree has them; `there` the legacy files
    that the work tree still has; `verified` the kept results by phase.
    """

    chosen: Chosen
    now: tuple[Reference, ...]
    there: frozenset[str]
    verified: Mapping[int, Verified]

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.chosen.plan

    @property
    def engines(self) -> tuple[EnginePlan, ...]:
        """The engines that are consolidated; those that are only reported are nobody's work."""
        return tuple(engine for engine in self.plan.engines if engine.mode == "consolidate")

    @property
    def left(self) -> tuple[Reference, ...]:
        """The references that are left now to engines that are consolidated."""
        ids = {engine.id for engine in self.engines}
        return tuple(item for item in self.now if item.engine in ids)

    @property
    def own(self) -> tuple[EnginePlan, ...]:
        """The engines that have an implementation of their own now."""
        applied = {file.path for phase in self.plan.phases if self.is_applied(phase) for file in phase.files}
        return tuple(
            engine
            for engine in self.engines
            if engine.path in self.there
            and not (engine.path in applied and engine.shim in (ShimKind.ALIAS, ShimKind.ADAPTER))
        )

    def is_applied(self, phase: Phase) -> bool:
        """Tell whether the branch has a phase."""
        return phase.number in self.chosen.applied

    def state(self, phase: Phase) -> PhaseState | None:
        """Return what the commits tell of a phase, None where nothing does."""
        return next((state for state in self.chosen.states if state.phase == phase.number), None)

    def told(self, phase: Phase) -> str:
        """Return what became of a phase, in a word."""
        state = self.state(phase)
        reverted = state is not None and bool(state.commits)
        return "applied" if self.is_applied(phase) else "reverted" if reverted else "pending"

    def commit(self, phase: Phase) -> str:
        """Return the last commit of a phase, "" where there is none."""
        state = self.state(phase)
        last = next(reversed(state.own), None) if state is not None else None
        return last.commit if last is not None else ""


def standing(repository: Repository, chosen: Chosen, inventory: Plan) -> Standing:
    """Return where a migration stands; `inventory` is that of the work tree (`planning.plan_worktree`)."""
    files = {engine.path for engine in chosen.plan.engines if engine.path}
    return Standing(
        chosen,
        callers(inventory),
        frozenset(path for path in files if placed(repository.root, path).is_file()),
        _verified(repository, chosen),
    )


def _verified(repository: Repository, chosen: Chosen) -> dict[int, Verified]:
    """Return the kept results of the applied phases: those of the commit that the phase was applied to."""
    from consolidate.verifying.kept import Kept

    found: dict[int, Verified] = {}
    folder = Kept(repository.git_dir).folder
    for state in chosen.states:
        for commit in state.own[-1:]:
            with contextlib.suppress(UsageProblem):
                before = repository.resolve(f"{commit.commit}^")
                if result := _result(folder / f"phase-{state.phase}.json", before):
                    found[state.phase] = result
    return found


def _result(file: Path, before: str) -> Verified | None:
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        data: dict[str, Any] = json.loads(file.read_bytes())
        if data["before"]["commit"] == before:
            return Verified(int(data["before"]["tests"]), len(data["newly_failing"]) + len(data["gone"]))
    return None
