"""Codemods of the user's own in the phases of a plan: which files they get, and their edits upon those of ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from consolidate.gates import offers
from consolidate.own.edits import compose, line_edits
from consolidate.own.hosts import HostError, Hosts
from consolidate.own.notes import notes
from consolidate.own.passes import Change, Pass, make_pass
from consolidate.own.sources import named, setup
from consolidate.proof.equality import prove_equal
from consolidate.proof.imports import facts
from consolidate.proving import Rules, prove_file
from consolidate.scanning import Progress
from planner.config import PhaseSpec
from planner.held import reasons
from planner.layout import Layout
from planner.model import FileEdit, Phase, Reference, apply_edits, blob_id
from planner.patterns import matcher
from planner.survey import PYTHON, Survey
from planner.tables import ConfigError

if TYPE_CHECKING:
    from planner.snapshot import Snapshot

_AFTER = "put the phase behind that one, or name the codemod there"


class Trust(Struct, frozen=True):
    """Where the repository lies, and whether its own codemods may be run."""

    root: Path
    given: bool = False


class Outcome(Struct, frozen=True):
    """The phases, numbered anew; notes of phases that came to nothing; files that import from what was changed."""

    phases: tuple[Phase, ...]
    notes: tuple[str, ...] = ()
    watched: frozenset[str] = frozenset()


class OwnCodemods:
    """Runs the codemods of the user's own over the phases of one plan, in order."""

    def __init__(self, survey: Survey, snapshot: Snapshot, trust: Trust, jobs: int, progress: Progress) -> None:
        self._survey, self._snapshot, self._trust = survey, snapshot, trust
        self._jobs, self._progress = jobs, progress
        self._blobs = {file.path: file.blob for file in snapshot.files}
        self._laid: dict[str, bytes] = {}
        self._by: dict[str, str] = {}
        self._changed: dict[str, tuple[bytes, bytes]] = {}

    def run(self, drafted: Sequence[tuple[Phase, int]], references: Iterable[Reference], rules: Rules) -> Outcome:
        """Return the phases with the edits of the user's own codemods.

        `drafted` are phases with the numbers of their `[[phase]]` tables (0 for a default phase). Raises ConfigError
        where a codemod cannot be used, a phase selects nothing, or a later phase edits the same file.
        """
        config = self._survey.config
        commands = named(config)
        if not commands:
            return Outcome(tuple(phase for phase, _ in drafted))
        engines: dict[str, set[str]] = {}
        for item in references:
            engines.setdefault(item.path, set()).add(item.engine)
        done: list[Phase] = []
        lost: list[str] = []
        with Hosts(setup(config, self._snapshot, self._trust.root, trusted=self._trust.given), self._jobs) as hosts:
            origins = _load(hosts, commands)
            for phase, table in drafted:
                spec = config.phases[table - 1] if table else None
                self._lay(phase)
                following = replace(phase, number=len(done) + 1)
                if spec is not None and spec.own:
                    paths = self._selected(spec, table, engines) if spec.only_own else self._edited(phase)
                    found = self._passes(hosts, spec, paths)
                    following = self._with(following, found, rules)
                    said = notes(found, origins)
                    following = replace(following, notes=(*following.notes, *said))
                    if not following.files:
                        lost += said
                        continue
                done.append(following)
        return Outcome(tuple(done), tuple(lost), self._watched())

    # ---- which files ------------------------------------------------------------------------------------------------

    def _lay(self, phase: Phase) -> None:
        """Make a phase's own edits in memory; refuse what was computed for contents that are no longer there."""
        for edit in phase.files:
            if edit.path in self._by:
                raise ConfigError(
                    f"{self._by[edit.path]} changes {edit.path}, which {phase.title!r} edits later",
                    named(self._survey.config)[self._by[edit.path]],
                    _AFTER,
                )
            before = self._laid.get(edit.path, self._survey.contents.get(edit.path, b""))
            self._laid[edit.path] = b"" if edit.deleted else apply_edits(before, edit.edits, edit.path)

    def _edited(self, phase: Phase) -> list[str]:
        """Return the Python files that our codemods edit in a phase, the legacy modules aside."""
        legacy = {*self._survey.legacy.paths, *reasons(self._survey.config)}
        return [
            edit.path
            for edit in phase.files
            if edit.path.endswith(PYTHON) and edit.path not in legacy and not edit.deleted
        ]

    def _selected(self, spec: PhaseSpec, table: int, engines: Mapping[str, set[str]]) -> list[str]:
        """Return the Python files that a phase selects by `paths` and `engines`, the legacy modules aside."""
        pattern = matcher(spec.paths)
        legacy = self._survey.legacy.paths
        paths = [
            file.path
            for file in self._survey.scanned
            if file.mode.startswith("100")
            and file.path.endswith(PYTHON)
            and file.path not in legacy
            and pattern.fullmatch(file.path)
            and ("*" in spec.engines or engines.get(file.path, set()) & set(spec.engines))
        ]
        if not paths:
            raise ConfigError(
                f"the phase {spec.title!r} selects nothing",
                f"phase[{table}].paths",
                "compare its paths and engines with `consolidate plan`",
            )
        held = reasons(self._survey.config)
        return [path for path in paths if path not in held]

    # ---- what they make of them -------------------------------------------------------------------------------------

    def _passes(self, hosts: Hosts, spec: PhaseSpec, paths: Sequence[str]) -> Pass:
        """Run a phase's own codemods; where they select their files themselves, on their own results, too.

        There, a file that they would change again and again would be planned again and again, so it is left.
        """
        contents = {path: data for path in paths if (data := self._laid.get(path)) is not None}
        rest = [path for path in paths if path not in contents]
        contents.update((path, data) for path, data in self._snapshot.read(rest) if data is not None)
        limit, layout = spec.codemod_time_limit, self._survey.layout
        found = make_pass(hosts, spec.own, contents, limit, layout, self._progress)
        if spec.only_own and found.changes:
            results = {path: changes[-1].new for path, changes in found.changes.items()}
            again = make_pass(hosts, spec.own, results, limit, layout, self._progress)
            for path in sorted(again.changes):
                found.leave(path, "it would change its own result again")
        for path in sorted(found.changes):
            self._survey.contents.setdefault(path, contents[path])
        return found

    def _with(self, phase: Phase, found: Pass, rules: Rules) -> Phase:
        """Return a phase with what its own codemods made; what comes to nothing is dropped from the pass."""
        ours = {edit.path: edit for edit in phase.files}
        files = dict(ours)
        for path, changes in sorted(found.changes.items()):
            edit = self._file_edit(path, ours.get(path), changes, rules)
            if edit.result == edit.blob:
                found.leave(path, "its result is what was there before the phase")
                continue
            files[path] = edit
            before = changes[0].old if path not in ours else self._survey.contents[path]
            self._laid[path], self._by[path] = changes[-1].new, changes[-1].codemod
            self._changed[path] = (self._changed.get(path, (before,))[0], changes[-1].new)
        made = {item.codemod for file in files.values() for item in file.edits}
        unproved = {codemod for file in files.values() for codemod in file.unproved}
        return replace(
            phase,
            codemods=tuple(sorted({*phase.codemods, *made, *unproved})),
            files=tuple(files[path] for path in sorted(files)),
        )

    def _file_edit(self, path: str, ours: FileEdit | None, changes: Sequence[Change], rules: Rules) -> FileEdit:
        """Return the edits of a file: ours, and upon them those of the user's own codemods."""
        edits = ours.edits if ours is not None else ()
        after = changes[0].old
        before = after
        if ours is not None:
            before = self._before(ours)
        for change in changes:
            edits = compose(before, edits, line_edits(change.old, change.new, change.codemod))
        after = changes[-1].new
        like = ours.blob if ours is not None else self._blobs[path]
        blob = ours.blob if ours is not None else blob_id(before, like)
        base = ours if ours is not None else FileEdit(path, blob, "")
        edit = replace(base, edits=edits, result=blob_id(after, like))
        unproved = [change.codemod for change in changes if prove_equal(change.old, change.new) is not None]
        if not unproved:
            layout = Layout([path], self._survey.config.source_roots)
            if prove_file(before, after, edit, rules, layout) is not None:
                unproved = [change.codemod for change in changes]
        return replace(edit, unproved=tuple(sorted(set(unproved))))

    def _before(self, ours: FileEdit) -> bytes:
        """Return what a file was before our edits in the same phase: a file is edited by us in one phase only."""
        return self._survey.contents[ours.path]

    # ---- what the gates have to look at -----------------------------------------------------------------------------

    def _watched(self) -> frozenset[str]:
        """Return the files that may import from a module of which something is gone; their contents are read."""
        layout = self._survey.layout
        words: set[str] = set()
        packages: list[str] = []
        for path, (old, new) in self._changed.items():
            module, package = layout.module(path), layout.is_package(path)
            if module and offers(facts(old, module, package)) != offers(facts(new, module, package)):
                words.add(module.rpartition(".")[2])
                packages += [path.rpartition("/")[0] + "/"] if package else []
        if not words:
            return frozenset()
        near = self._snapshot.containing(sorted(words))
        paths = [
            path
            for path in self._blobs
            if path.endswith(PYTHON)
            and layout.module(path)
            and (path in near or any(path.startswith(folder) for folder in packages))
        ]
        missing = [path for path in paths if path not in self._survey.contents]
        for path, data in self._snapshot.read(missing):
            if data is not None:
                self._survey.contents[path] = data
        return frozenset(path for path in paths if path in self._survey.contents)


def _load(hosts: Hosts, commands: Mapping[str, str]) -> dict[str, str]:
    """Load the commands; return where each comes from. Raises ConfigError, naming table and key."""
    try:
        loaded = hosts.load()
    except HostError as error:
        names = ", ".join(commands)
        raise ConfigError(f"{names} cannot be loaded: {error}", next(iter(commands.values())), "") from None
    origins: dict[str, str] = {}
    for command, where in commands.items():
        said = loaded[command]
        if "error" in said:
            raise ConfigError(str(said["error"]), where, _HINT)
        source = f"source {str(said.get('sha256', ''))[:12]}"
        origins[command] = ", ".join(part for part in (str(said.get("origin", "")), source) if part)
    return origins


_HINT = "name a CodemodCommand as `package.module:Command`"
