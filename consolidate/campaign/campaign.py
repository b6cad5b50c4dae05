"""A campaign: the repositories of a list, what is to be done to each, and what became of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from consolidate.campaign.job import Job
from consolidate.campaign.listing import Entry
from consolidate.campaign.running import Ended, Limits, run_all
from consolidate.campaign.state import DONE, FAILED, Counts, Record, State, Step
from consolidate.errors import ConsolidateError
from consolidate.repository import Repository
from planner.config import CONFIG_NAMES

PLAN, LOOK = "plan", "status"
_PLAN_FILE, _NEW_PLAN, _RESULT = "plan.json", "plan.new.json", "result.json"


class Task(Struct, frozen=True):
    """A step for every repository: its name in the state, the program's words for it, the phase if it is for one."""

    name: str
    words: tuple[str, ...] = ()
    phase: int = 0


class Row(Struct, frozen=True):
    """What is told of one repository. `state` is a word of `consolidate.render.campaign`, `log` its last output."""

    entry: Entry
    state: str
    reason: str = ""
    counts: Counts | None = None
    log: str = ""


class _Place(Struct, frozen=True):
    head: str
    config: str


class Campaign:
    """The repositories of a list, with their state.

    `options` stand before the command in each repository; `config` is the configuration of those that have none of
    their own in the list. `progress` and `note` tell the user how far it has come.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        state: State,
        *,
        config: Path | None,
        options: Sequence[str],
        progress: Callable[[str, int, int], None],
        note: Callable[[str], None],
    ) -> None:
        self.entries = tuple(replace(entry, config=entry.config or config) for entry in entries)
        self.state = state
        self._options, self._progress, self._note = tuple(options), progress, note
        self._by_key: dict[str, Entry] = {}
        self._finished = 0

    def run(self, task: Task, limits: Limits, *, resume: bool, lock: int) -> tuple[Row, ...]:
        """Do a step in every repository, if `resume` in those where it is still to be done; return all rows.

        Raises whatever interrupts it, with the state kept of what is done.
        """
        jobs: list[Job] = []
        for entry, place in self._places():
            if isinstance(place, str):
                self._fail(entry, task, place)
            elif not (resume and self._is_done(entry, task, place)):
                reason = self._hindrance(entry, task)
                if reason is None:
                    jobs.append(self._job(entry, task, finish=resume))
                else:
                    self._settle(entry, task, Step(FAILED if reason else DONE, reason, None, place.config))
        self.state.save()
        # The processes inherit a lock of their own: one that outlives a killed campaign keeps the next one out.
        kept = os.dup(lock)
        try:
            self._work(task, jobs, limits, self._ended(task))
        finally:
            os.close(kept)
        return tuple(self._row(entry, task.name) for entry in self.entries)

    def look(self, limits: Limits, scratch: Path) -> tuple[Row, ...]:
        """Ask every repository that has a plan how far it is; nothing is kept but in `scratch`."""
        rows = {entry.line: self._row(entry) for entry in self.entries}
        jobs: list[Job] = []
        for entry, place in self._places():
            if isinstance(place, str):
                rows[entry.line] = Row(entry, FAILED, place)
            elif self._plan_of(entry).is_file():
                work = scratch / entry.folder
                jobs.append(replace(self._job(entry, Task(LOOK)), log=work / "log", result=work / _RESULT))

        def ended(job: Job, end: Ended) -> None:
            entry = self._by_key[job.key]
            counts = _counts(end)
            if end.reason or counts is None:
                rows[entry.line] = Row(entry, FAILED, end.reason or "its plan is gone", rows[entry.line].counts)
            else:
                rows[entry.line] = self._row(entry, counts=counts)

        self._work(Task(LOOK), jobs, limits, ended)
        return tuple(rows[entry.line] for entry in self.entries)

    def rows(self) -> tuple[Row, ...]:
        """Return what the state knows."""
        return tuple(self._row(entry) for entry in self.entries)

    # ---- before ---------------------------------------------------------------------------------------------------

    def _places(self) -> list[tuple[Entry, _Place | str]]:
        """Return each repository's HEAD and configuration, or why it can't be worked on."""
        found: list[tuple[Entry, _Place | str]] = []
        roots: dict[Path, int] = {}
        for number, entry in enumerate(self.entries, 1):
            self._progress("look", number, len(self.entries))
            if entry.problem:
                found.append((entry, entry.problem))
                continue
            self._by_key[entry.key] = entry
            try:
                with Repository.open(entry.path) as repository:
                    root, place = repository.root, _Place(repository.resolve("HEAD"), "")
            except (ConsolidateError, OSError) as error:
                found.append((entry, str(error)))
                continue
            if root in roots:
                found.append((entry, f"it is the repository of line {roots[root]}"))
                continue
            roots[root] = entry.line
            found.append((entry, replace(place, config=_mark(root, entry.config))))
        return found

    def _is_done(self, entry: Entry, task: Task, place: _Place) -> bool:
        record = self.state.record(entry.key)
        step = record.steps.get(task.name)
        same = step is not None and step.result == DONE and step.config == place.config and record.head == place.head
        return same and (task.name != PLAN or self._plan_of(entry).is_file())

    def _hindrance(self, entry: Entry, task: Task) -> str | None:
        """Return why a step can't be done, "" where there is nothing to do, None where it is to be done."""
        if task.name == PLAN:
            return None
        record = self.state.record(entry.key)
        plan = record.steps.get(PLAN)
        if plan is None or plan.result != DONE or not self._plan_of(entry).is_file():
            return f"it is not planned: {plan.reason}" if plan and plan.reason else "it is not planned; `plan` it first"
        return "" if record.counts and task.phase > record.counts.phases else None

    def _job(self, entry: Entry, task: Task, *, finish: bool = False) -> Job:
        folder = self.state.folder / entry.folder
        plan = folder / (_NEW_PLAN if task.name == PLAN else _PLAN_FILE)
        config = ["--config", str(entry.config)] if entry.config else []
        given = ["-C", entry.key, *self._options, *config]
        words = [*given, *task.words, *(["-o"] if task.name == PLAN else []), str(plan)] if task.words else []
        cut_off = [*given, "apply", "--continue"] if finish and task.name != PLAN else []
        return Job(entry.key, words, cut_off, plan, folder / f"{task.name.replace(' ', '-')}.log", folder / _RESULT)

    def _work(
        self,
        task: Task,
        jobs: Sequence[Job],
        limits: Limits,
        ended: Callable[[Job, Ended], None],
    ) -> None:
        finished = 0

        def tell(job: Job, end: Ended) -> None:
            nonlocal finished
            finished += 1
            ended(job, end)
            if task.name != LOOK:
                what = f"failed: {end.reason}" if end.reason else "done"
                self._note(f"{finished}/{len(jobs)} {task.name} {self._by_key[job.key].name}: {what}")
            self._progress(task.name, finished, len(jobs))

        self._progress(task.name, 0, len(jobs))
        run_all(jobs, limits, tell)

    # ---- after ----------------------------------------------------------------------------------------------------

    def _ended(self, task: Task) -> Callable[[Job, Ended], None]:
        def ended(job: Job, end: Ended) -> None:
            entry = self._by_key[job.key]
            record = self.state.record(entry.key)
            record.head = end.told.get("head") or record.head
            if task.name == PLAN:
                self._planned(entry, record, job, end)
            else:
                record.counts = _counts(end) or record.counts
            result = FAILED if end.reason else DONE
            config = _mark(Path(entry.key), entry.config)
            self._settle(entry, task, Step(result, end.reason, end.told.get("exit"), config, round(end.seconds, 3)))
            job.result.unlink(missing_ok=True)
            self.state.save()

        return ended

    def _planned(self, entry: Entry, record: Record, job: Job, end: Ended) -> None:
        """Let the new plan take the place of the old one, of which nothing that was done counts any more."""
        counts = None if end.reason else _counts(end)
        if counts is None:
            self._plan_of(entry).unlink(missing_ok=True)
            job.plan.unlink(missing_ok=True)
        else:
            job.plan.replace(self._plan_of(entry))
        if counts is None or record.counts is None or counts.digest != record.counts.digest:
            record.steps.clear()
        record.counts = counts

    def _fail(self, entry: Entry, task: Task, reason: str) -> None:
        if not entry.problem:  # a line that is wrong is told from the list
            self._settle(entry, task, Step(FAILED, reason))

    def _settle(self, entry: Entry, task: Task, step: Step) -> None:
        record = self.state.record(entry.key)
        record.steps[task.name] = step
        record.last = task.name

    def _plan_of(self, entry: Entry) -> Path:
        return self.state.folder / entry.folder / _PLAN_FILE

    def _row(self, entry: Entry, name: str = "", counts: Counts | None = None) -> Row:
        """Return the row of a repository: what became of the step `name`, or of all that was done."""
        if entry.problem:
            return Row(entry, FAILED, entry.problem)
        record = self.state.records.get(entry.key) or Record()
        counts = counts or record.counts
        step = record.steps.get(name or record.last)
        log = self.state.folder / entry.folder / f"{(name or record.last).replace(' ', '-')}.log"
        told = str(log) if step and step.exit is not None and log.is_file() else ""
        if step is None:
            return Row(entry, "open", counts=counts)
        if name or step.result == FAILED:
            return Row(entry, step.result, step.reason, counts, told)
        return Row(entry, _progressed(counts), "", counts, told)


def _progressed(counts: Counts | None) -> str:
    """Return how far a repository is in which nothing failed."""
    if counts is None:
        return "open"
    if not counts.applied and counts.phases:
        return "planned"
    return "applied" if counts.applied == counts.phases else "under way"


def _counts(end: Ended) -> Counts | None:
    found = end.told.get("counts")
    return Counts(**found) if found else None


def _mark(root: Path, given: Path | None) -> str:
    """Return a hash of the configuration's file, "" where it can't be read: the program will say so."""
    for path in [given] if given is not None else [root / name for name in CONFIG_NAMES]:
        try:
            return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        except OSError:
            continue
    return ""
