"""Which plan a command means, and the plans that the git directory keeps.

The commits' trailers say which plan is under way, by its digest. The plan itself is kept in the git directory; where
it is lost (another clone), it is made again at the commit before its first phase, and must have the same digest. Where
no trailer tells of one, because a squash's message was thrown away, a kept plan of which the tree has a phase is it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from consolidate.agreement import difference
from consolidate.chosen import Chosen
from consolidate.errors import Refused, UsageProblem
from consolidate.gitstep.history import NEEDLES, PhaseCommit, PhaseState, phase_commits, states
from consolidate.plan_cache import PlanCache
from consolidate.presence import presence, with_tree
from consolidate.record import Record, record
from consolidate.tree import Tree
from planner import planfile
from planner.model import Plan
from planner.tables import ConfigError

if TYPE_CHECKING:
    from consolidate.executors.ports import Executor
    from consolidate.repository import Repository
    from planner.config import Config

__all__ = ["Chosen", "Plans"]

RECENT = 3  # plans of which we look whether the tree has their phases
LARGEST = 256 * 1024**2  # bytes of a plan file; that of a repository with 10,000 files has some 10 MB
Progress = Callable[[str, int, int], None]


class Plans:
    """The plans of one migration in one repository."""

    def __init__(
        self,
        repository: Repository,
        config_file: Path | None,
        *,
        jobs: int,
        executor: Executor,
        progress: Progress,
        trust: bool = False,
        cached: bool = True,
        decided: bool = True,
    ) -> None:
        """`decided` tells whether what reviewers rejected is left: for all but those who review."""
        self.repository = repository
        self._decided = decided
        self._trust, self._cached = trust, cached
        self._config_file = config_file
        self._jobs, self._executor = jobs, executor
        self._progress = progress
        self._cache = PlanCache(repository.common_dir / "consolidate" / "plans")
        self._head: Tree | None = None
        self._read: dict[str, bytes] = {}  # plan files by the digest that they say

    @property
    def facts(self) -> Path | None:
        """The file that keeps what was found in each blob, None where nothing is to be kept."""
        return None if not self._cached else self.repository.common_dir / "consolidate" / "facts.sqlite"

    @cached_property
    def config(self) -> Config:
        """The configuration, with what reviewers rejected; read when asked for, because a plan file does without."""
        from consolidate.configuration import read_config
        from consolidate.review.decisions import with_decisions

        config = read_config(self.repository.root, self._config_file)
        return with_decisions(config, self.repository.root) if self._decided else config

    def given(self, file: Path) -> Chosen:
        """Return the plan of a plan file, to be looked at; `confirm` it before anything is done that it says."""
        try:
            with file.open("rb") as stream:
                data = stream.read(LARGEST + 1)
        except OSError as error:
            raise UsageProblem(f"the plan file cannot be read: {error.strerror}", str(file)) from None
        if len(data) > LARGEST:
            raise UsageProblem(f"the plan file is larger than {LARGEST >> 20} MiB", str(file), "plan again")
        try:
            plan = planfile.load(data)
        except planfile.PlanFileError as error:
            place = f"{file}: {error.where}" if error.where else str(file)
            raise UsageProblem(error.what, place, error.hint) from None
        self._read[plan.digest] = data
        return self._chosen(plan, self.commits(plan.migration), str(file))

    def confirm(self, chosen: Chosen) -> None:
        """Raise UsageProblem or Refused unless a plan file holds what planning its commit gives here; then keep it.

        A plan file may come from anywhere, and its digest and everything that its proofs take for granted with it. One
        that was made or confirmed here is known by its digest; any other is made again and compared.
        """
        if not chosen.file:
            return
        plan = chosen.plan
        if path := chosen.rejected(self.config.held):
            what = "the plan makes an edit that was rejected in review"
            raise Refused(what, path, "plan again with `consolidate plan -o FILE`", code="rejected")
        if self._cache.get(plan.digest) is None:
            self._compare(chosen)
            self._cache.keep(plan.digest, self._read[plan.digest])
        self._check_own(chosen)

    def _compare(self, chosen: Chosen) -> None:
        plan = chosen.plan
        again = "plan again with `consolidate plan -o FILE`"
        if plan.config_sha256 != self.config.sha256:
            raise Refused("the plan was made with another configuration", chosen.file, again, code="configuration")
        try:
            commit = self.repository.resolve(plan.commit)
        except UsageProblem:
            what = f"the plan is of commit {plan.commit[:12]}, which this repository does not have"
            raise Refused(what, chosen.file, f"fetch it, or {again}", code="plan-commit") from None
        if place := difference(plan, self.new(commit)):
            what = "the plan holds something else than planning its commit gives"
            raise UsageProblem(what, f"{chosen.file}: {place}", again)

    def _check_own(self, chosen: Chosen) -> None:
        """Raise UsageProblem where a plan file holds edits that nothing proves, by codemods that no `[[phase]]` names.

        Such edits are made on the word of the configuration alone.
        """
        unproved = {codemod for phase in chosen.plan.phases for file in phase.files for codemod in file.unproved}
        unknown = (
            sorted(unproved - {codemod for spec in self.config.phases for codemod in spec.own}) if unproved else []
        )
        if unknown:
            raise UsageProblem(
                f"the plan holds edits that nothing proves, by {unknown[0]}, which the configuration doesn't name",
                chosen.file,
                "read them with `consolidate diff`; name the codemod in a [[phase]], or plan again",
            )

    def new(self, commit: str) -> Plan:
        """Return the plan of a commit: the kept one if there is one, else made now.

        What codemods of the user's own do is not known by the commit, so they run each time.
        """
        own = any(spec.own for spec in self.config.phases)
        if self._cached and not own and (plan := self._cache.get_for(commit, self.config.sha256)):
            return plan
        self.repository.begin_entries(commit)  # before what takes its time to be imported
        from consolidate.planning import make_plan

        plan = make_plan(
            self.repository,
            self.config,
            commit,
            jobs=self._jobs,
            progress=self._progress,
            trust=self._trust,
            cache=self.facts,
            executor=self._executor,
        )
        if self._cached:
            self._cache.keep_for(commit, self.config.sha256, plan)
        else:  # by its digest it is what the commits' trailers name
            self._cache.keep(plan.digest, planfile.dump(plan))
        return plan

    def commits(self, migration: str = "") -> tuple[PhaseCommit, ...]:
        """Return the phase commits of a migration (by default the configuration's) in HEAD's history, oldest first."""
        records = self.repository.log("HEAD", needles=NEEDLES)
        return phase_commits(records, migration or self.config.name, reaches=self.repository.reaches)

    def to_apply(self) -> Chosen:
        """Return the plan that `apply` goes on with: the one under way, else a new one of HEAD.

        Where a new one would have nothing to do, it is the plan that was last applied, with no open phases.
        """
        commits = self.commits()
        digest = self._under_way(commits)
        if digest and _open_phases(_of(commits, digest)):
            chosen = self._chosen(self._recall(commits, digest), commits)
            # What was rejected since: the rest is planned again, without it.
            stays = chosen.rejected(self.config.held)
            return self._chosen(self.new(self.repository.resolve("HEAD")), commits) if stays else chosen
        known = self._cache.get(digest.removeprefix("sha256:")) if digest else self._in_tree()
        if known and (chosen := self._chosen(known, commits)).open:
            return chosen
        plan = self.new(self.repository.resolve("HEAD"))
        if known and not plan.phases:
            return self._chosen(known, commits)
        if digest and not plan.phases:
            with contextlib.suppress(Refused):
                plan = self._recall(commits, digest)
        return self._chosen(plan, commits)

    def kept(self) -> Chosen | None:
        """Return the plan that is under way, else that of HEAD, if it is kept here: none is made for this."""
        commits = self.commits()
        if digest := self._under_way(commits).removeprefix("sha256:"):
            plan = self._cache.get(digest)
        else:
            plan = self._cache.get_for(self.repository.resolve("HEAD"), self.config.sha256)
        return self._chosen(plan, commits) if plan is not None else None

    def to_show(self) -> Chosen | Record:
        """Return the plan that `status` tells of: the one that was last worked on, else a new one of HEAD.

        Where the one that was worked on cannot be had here, it is what the commits tell of it.
        """
        commits = self.commits()
        digest = self._under_way(commits)
        if not digest and (plan := self._in_tree()):
            return self._chosen(plan, commits)
        digest = digest or (commits[-1].plan if commits else "")
        if digest:
            try:
                return self._chosen(self._recall(commits, digest), commits)
            except (Refused, ConfigError) as error:  # ConfigError: a codemod that is not trusted now
                why = "; ".join(part for part in (error.what, error.where, error.hint) if part)
                return record(self.config.name, _of(commits, digest), why)
        return self._chosen(self.new(self.repository.resolve("HEAD")), commits)

    def to_revert(self) -> tuple[tuple[PhaseState, ...], Plan | None]:
        """Return the phases of the plan that was last applied, and the plan itself if it can still be had."""
        commits = self.commits()
        digest = self._under_way(commits)
        plan = None
        if digest:
            with contextlib.suppress(Refused, ConfigError):  # a codemod that is not trusted now: revert needs no plan
                plan = self._recall(commits, digest)
        else:
            plan = self._in_tree()
        if plan is None:  # all is reverted: the plan that was last worked on tells what there was
            return states(_of(commits, digest or (commits[-1].plan if commits else ""))), None
        return self._chosen(plan, commits).states, plan

    def _chosen(self, plan: Plan, commits: Sequence[PhaseCommit], file: str = "") -> Chosen:
        told = states(_of(commits, f"sha256:{plan.digest}"))
        return Chosen(plan, with_tree(plan, told, self._tree.blob), file)

    @property
    def _tree(self) -> Tree:
        head = self.repository.resolve("HEAD")
        if self._head is None or self._head.commit != head:
            self._head = Tree(self.repository, head)
        return self._head

    def _in_tree(self) -> Plan | None:
        """Return the newest kept plan of an earlier commit, of this configuration, of which HEAD's tree has a phase."""
        tree = self._tree
        for plan in self._cache.recent(self.config.sha256, RECENT):
            earlier = plan.commit != tree.commit and self._is_behind(plan.commit, tree.commit)
            if earlier and any(presence(plan, tree.blob).values()):
                return plan
        return None

    def _is_behind(self, commit: str, head: str) -> bool:
        with contextlib.suppress(UsageProblem):  # planned at a commit that is gone
            return self.repository.reaches(head, commit)
        return False

    @staticmethod
    def _under_way(commits: Sequence[PhaseCommit]) -> str:
        """Return the trailer of the plan whose phase is the newest that is still applied, or ""."""
        return next((commit.plan for commit in reversed(commits) if not commit.reverted_by), "")

    def _recall(self, commits: Sequence[PhaseCommit], trailer: str) -> Plan:
        digest = trailer.removeprefix("sha256:")
        if plan := self._cache.get(digest):
            return plan
        first = next(commit for commit in commits if commit.plan == trailer)
        why = "the commit that it was made of is not here"
        with contextlib.suppress(UsageProblem, planfile.PlanFileError):
            before = self.repository.resolve(f"{first.commit}^")
            why = "planning again gives another one"
            plan = self.new(before)
            if plan.digest == digest:
                return plan
        raise Refused(
            f"the plan {digest[:12]}, of which phases are applied, is lost, and {why}",
            first.commit[:12],
            "name the plan file, or make a new plan of what is left: `consolidate plan -o FILE`",
            code="plan-lost",
        )


def _of(commits: Sequence[PhaseCommit], trailer: str) -> tuple[PhaseCommit, ...]:
    return tuple(commit for commit in commits if commit.plan == trailer)


def _open_phases(commits: Sequence[PhaseCommit]) -> bool:
    applied = [state for state in states(commits) if state.applied]
    return len(applied) < max(commit.total for commit in commits)
