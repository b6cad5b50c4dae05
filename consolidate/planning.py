"""From a commit to a sealed plan, in named steps: survey, settle, decide, edit, prove, cut into phases, seal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from codemods.deprecation_shim import RESERVED
from codemods.deprecation_shim import check as check_shim
from consolidate.assembly import Assembly
from consolidate.cache.memo import Memo
from consolidate.cache.store import Store
from consolidate.executors.local import Local
from consolidate.executors.ports import Executor
from consolidate.guard import Lost
from consolidate.repository import Repository
from consolidate.scanning import Progress, Scanner
from consolidate.snapshots import CommitSnapshot, WorktreeSnapshot
from consolidate.trial import trial
from consolidate.unread import told
from consolidate.version import version
from consolidate.workers import Workers
from planner.admission import Trial
from planner.config import Config
from planner.decide import decide_all
from planner.documents import placed
from planner.exposure import exposures
from planner.held import left_decisions, left_documents
from planner.held import notes as held_notes
from planner.model import Plan, Symbol
from planner.names import Names
from planner.outlook import Outlook
from planner.patterns import matcher
from planner.planfile import seal
from planner.reading import read_documents
from planner.risk import rate
from planner.settle import settle
from planner.shims import ShimPlan, plan_shims
from planner.some import SurveyorOfSome
from planner.survey import CODE, Survey
from planner.surveyor import Surveyor
from planner.tables import ConfigError, near

if TYPE_CHECKING:
    from consolidate.own.phases import OwnCodemods, Trust

TOOL = "consolidate"


def _silent(_label: str, _done: int, _total: int) -> None:
    """Report no progress."""


_SOME = 200
"""Files that are looked at by themselves; more are found sooner by looking through all."""


_SOURCE = 2.5
"""Bytes of source to be read for each byte of the index, which has a hundred a file: one file in ten matters."""


def make_plan(
    repository: Repository,
    config: Config,
    commit: str,
    *,
    jobs: int = 1,
    progress: Progress = _silent,
    trust: bool = False,
    cache: Path | None = None,
    executor: Executor | None = None,
) -> Plan:
    """Return the sealed plan of a commit (a full id). Raises ConfigError where the configuration does not fit it.

    Raises Refused (`missing-blob`) where the repository, a partial clone, lacks the contents of code: what nobody has
    read may import what would be deleted, and a plan of the same commit would be another one in a whole clone.

    `trust` lets the commit's own codemods run (`--trust-codemods`); `cache` is a file that keeps what was found. The
    work is done by `executor`, by default `jobs` processes of this machine; codemods of the user's own always by these.
    """
    from consolidate.own.phases import Trust

    trusted = Trust(repository.root, trust)
    include, exclude = matcher(config.include), matcher(config.exclude)
    with Store(cache) as store, Workers(executor or Local(jobs), memo=Memo(store)) as workers:
        if store.blank:
            workers.ready(int(_SOURCE * repository.index_size()))
        snapshot = CommitSnapshot(repository, commit, workers.memo)
        code = [file.path for file in snapshot.files if file.mode.startswith("100") and file.path.endswith(CODE)]
        needed = [path for path in code if include.fullmatch(path) and not exclude.fullmatch(path)]
        snapshot.begin_missing(needed)
        surveyor = Surveyor(snapshot, config, Scanner(workers, progress), trial_of(workers))
        snapshot.require(needed)
        return _plan(surveyor, workers, snapshot, config, commit, progress, trusted, jobs)


def plan_worktree(
    repository: Repository,
    config: Config,
    *,
    progress: Progress = _silent,
    more: tuple[str, ...] = (),
    only: Callable[[str], bool] | None = None,
    cache: Path | None = None,
    executor: Executor | None = None,
) -> Plan:
    """Return the inventory of the files as they lie in the work tree: a plan without phases.

    `more` are untracked paths to look at, too. With `only`, the references are those of the files whose paths it takes;
    what is told of their fate does not count in what other files need then.
    """
    with Store(cache) as store, Workers(executor, memo=Memo(store)) as workers:
        snapshot = WorktreeSnapshot(repository, more)
        scanner, attempt = Scanner(workers, progress), trial_of(workers)
        paths = [file.path for file in snapshot.files if only is None or only(file.path)]
        if only is not None and len(paths) <= _SOME:
            surveyor: Surveyor = SurveyorOfSome(snapshot, config, scanner, attempt, paths)
        else:
            surveyor = Surveyor(snapshot, config, scanner, attempt)
        _check_replacements(surveyor, config)
        head = repository.resolve("HEAD")
        plan = _inventory(surveyor, snapshot, config, head, workers, progress, only)
        return seal(plan, f"{TOOL} {version()}")


def inventories(
    repository: Repository,
    config: Config,
    commits: Sequence[str],
    *,
    cache: Path | None = None,
    executor: Executor | None = None,
) -> Iterator[Plan]:
    """Yield the inventory of each commit (a full id), a plan without phases; a replacement may be missing there."""
    with Store(cache) as store, Workers(executor, memo=Memo(store)) as workers:
        for commit in commits:
            snapshot = CommitSnapshot(repository, commit, workers.memo)
            surveyor = Surveyor(snapshot, config, Scanner(workers, _silent), trial_of(workers))
            yield _inventory(surveyor, snapshot, config, commit, workers, _silent)


def _inventory(
    surveyor: Surveyor,
    snapshot: CommitSnapshot | WorktreeSnapshot,
    config: Config,
    commit: str,
    workers: Workers,
    progress: Progress,
    only: Callable[[str], bool] | None = None,
) -> Plan:
    assembly = decided(surveyor, snapshot, config, workers, progress, with_shims=False)
    assembly.look()
    references, skipped = told(snapshot, assembly)
    references = tuple(item for item in references if only is None or only(item.path))
    return assembly.inventory(commit, references, skipped)


def plan_with(
    workers: Workers,
    snapshot: CommitSnapshot,
    config: Config,
    commit: str,
    progress: Progress,
    trust: Trust | None = None,
    jobs: int = 1,
) -> Plan:
    """Return the sealed plan of a commit's snapshot; without `trust` no codemods of the user's own are part of it."""
    surveyor = Surveyor(snapshot, config, Scanner(workers, progress), trial_of(workers))
    return _plan(surveyor, workers, snapshot, config, commit, progress, trust, jobs)


def _plan(
    surveyor: Surveyor,
    workers: Workers,
    snapshot: CommitSnapshot,
    config: Config,
    commit: str,
    progress: Progress,
    trust: Trust | None,
    jobs: int,
) -> Plan:
    def own(survey: Survey) -> OwnCodemods | None:
        from consolidate.own.phases import OwnCodemods

        return OwnCodemods(survey, snapshot, trust, jobs, progress) if trust is not None else None

    _check_replacements(surveyor, config)
    assembly = decided(surveyor, snapshot, config, workers, progress, own)
    assembly.edit()
    assembly.notes += held_notes(config, assembly.blobs)
    references, skipped = told(snapshot, assembly)
    plan = assembly.plan(commit, references, skipped)
    edited = {file.path for phase in plan.phases for file in phase.files if not file.deleted}
    rated, phases = rate(plan.references, plan.phases, exposures(assembly.survey, snapshot, edited))
    return seal(replace(plan, references=rated, phases=phases), f"{TOOL} {version()}")


def decided(
    surveyor: Surveyor,
    snapshot: CommitSnapshot | WorktreeSnapshot,
    config: Config,
    workers: Workers,
    progress: Progress,
    own: Callable[[Survey], OwnCodemods | None] = lambda _: None,
    *,
    with_shims: bool = True,
) -> Assembly:
    """Return the assembly of a plan of which everything is decided, and nothing done.

    Without `with_shims` nobody asks whether the shims can be made; they are taken for granted.
    """
    survey = surveyor.survey()
    outlook = settle(survey, _can_serve(survey) if with_shims else lambda *_: True, RESERVED)
    replaced, files = outlook.replaced, outlook.files
    shims = plan_shims(survey, outlook, RESERVED)
    names = Names(files, survey.resolver, config.max_files_per_phase, replaced)
    found = decide_all(files, names, survey.resolver)
    documents = left_documents(config, read_documents(survey, replaced, names, found))
    found = left_decisions(config, found)
    decisions = [
        placed(decision, survey.inside[path]) if path in survey.inside else decision for path, decision in found.items()
    ]
    return Assembly(survey, snapshot.files, shims, decisions, documents, workers, progress, own(survey))


def _can_serve(survey: Survey) -> Callable[[str, Outlook], bool]:
    plans: tuple[Outlook, dict[str, ShimPlan]] | None = None

    def can_serve(name: str, outlook: Outlook) -> bool:
        nonlocal plans
        if plans is None or plans[0] is not outlook:
            plans = outlook, plan_shims(survey, outlook, RESERVED)
        return not check_shim(plans[1][name], survey.config)

    return can_serve


def _check_replacements(surveyor: Surveyor, config: Config) -> None:
    """Raise ConfigError where a replacement does not exist at the planned commit.

    A legacy module in the middle of a chain may be gone already: the chain goes on by the configuration alone.
    """
    legacy = {engine.legacy.module for engine in config.engines}
    targets: list[tuple[Symbol, str]] = [(config.target, "migration.target")]
    for index, engine in enumerate(config.engines, 1):
        targets.append((engine.replacement, f"engine[{index}].replacement"))
        targets += [(home, f"engine[{index}].exports.{name}") for name, home in engine.exports if home is not None]
    for symbol, where in targets:
        if not surveyor.layout.exists(symbol.module):
            if symbol.module in legacy:
                continue
            raise ConfigError(
                f"there is no module {symbol.module}", where, near(symbol.module, surveyor.layout.modules)
            )
        facts = surveyor.deep(surveyor.layout.path(symbol.module))
        names = [item.name for item in facts.exports] if facts is not None else []
        if symbol.name and facts is not None and symbol.name.partition(".")[0] not in names and not facts.has_getattr:
            raise ConfigError(f"{symbol.module} has no {symbol.name}", where, near(symbol.name, names))


def trial_of(workers: Workers) -> Trial:
    """Return what shows a risky file to a parser in a guarded child, for a surveyor."""

    def attempt(path: str, data: bytes) -> str:
        try:
            workers.guarded(trial, (path, data))
        except Lost as lost:
            return str(lost)
        return ""

    return attempt
