"""The gates over the whole repository: no import newly dangling and no new import cycle, phase by phase.

An import's fate can change only where what its module has changes. So the gates look at the files that a phase edits
and at those that import from them; all others are as they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from consolidate.proof.cycles import new_cycles
from consolidate.proof.dangling import Dangling, dangling, newly_dangling
from consolidate.proof.imports import ModuleFacts, facts
from consolidate.scanning import Progress
from consolidate.workers import Workers
from planner.model import Phase, Skipped, apply_edits
from planner.survey import Survey

_PYTHON = (".py", ".pyi")


def _facts(task: tuple[bytes, str, bool]) -> ModuleFacts | None:
    return facts(*task)


class Gates:
    """Checks the phases of one plan."""

    def __init__(self, survey: Survey, workers: Workers, progress: Progress) -> None:
        self.survey, self.progress, self.layout = survey, progress, survey.layout
        self._workers = workers
        self._facts: dict[tuple[str, bytes], ModuleFacts | None] = {}
        self._elsewhere: dict[str, ModuleFacts | None] = {}

    def check(self, phases: tuple[Phase, ...]) -> tuple[Phase, ...]:
        """Return the phases, each with what its gates found as `unproved` files, which refuse it."""
        current = {
            path: self.survey.contents[path]
            for path in self._concerned(phases)
            if path in self.survey.contents and path.endswith(_PYTHON)
        }
        self._prepare(current, phases)
        gone: set[str] = set()
        before = self._state(current)
        dangles = self._dangling(before, gone)
        checked: list[Phase] = []
        for number, phase in enumerate(phases, 1):
            for edit in phase.files:
                if edit.path not in current:
                    continue
                if edit.deleted:
                    del current[edit.path]
                    gone.add(self.layout.module(edit.path))
                else:
                    current[edit.path] = apply_edits(current[edit.path], edit.edits, edit.path)
            after = self._state(current)
            now = self._dangling(after, gone)
            found = [
                Skipped(
                    item.importer, f"line {item.line} imports {item.name or 'it'} from {item.module}, which would fail"
                )
                for item in newly_dangling(dangles, now)
                if not item.typing
            ]
            found += [
                Skipped(self.layout.path(cycle.modules[0]), f"a new import cycle: {cycle}")
                for cycle in new_cycles(self._by_module(before), self._by_module(after))
            ]
            checked.append(replace(phase, unproved=(*phase.unproved, *sorted(found, key=lambda s: (s.path, s.reason)))))
            before, dangles = after, now
            self.progress("check imports", number, len(phases))
        return tuple(checked)

    def _prepare(self, current: Mapping[str, bytes], phases: tuple[Phase, ...]) -> None:
        """Compute the facts of every version of every file, once each."""
        versions = list(current.items())
        latest = dict(current)
        for phase in phases:
            for edit in phase.files:
                if edit.path in latest and not edit.deleted:
                    latest[edit.path] = apply_edits(latest[edit.path], edit.edits, edit.path)
                    versions.append((edit.path, latest[edit.path]))
        tasks = [(data, self.layout.module(path), self.layout.is_package(path)) for path, data in versions]
        found = self._workers.map(_facts, tasks, sum(len(data) for _, data in versions))
        self._facts.update(zip(versions, found, strict=True))

    def _concerned(self, phases: tuple[Phase, ...]) -> set[str]:
        edited = {edit.path for phase in phases for edit in phase.files}
        modules = {self.layout.module(path) for path in edited}
        concerned = {path for path in edited if path not in self.survey.unparsed}
        for file in self.survey.files:
            for alias in file.facts.aliases:
                source = self.layout.absolute(file.path, alias.module, alias.level)
                if source in modules or f"{source}.{alias.name}" in modules:
                    concerned.add(file.path)
                    break
        return concerned

    def _state(self, current: Mapping[str, bytes]) -> dict[str, ModuleFacts]:
        state: dict[str, ModuleFacts] = {}
        for path, data in current.items():
            key = (path, data)
            if key not in self._facts:
                self._facts[key] = facts(data, self.layout.module(path), self.layout.is_package(path))
            found = self._facts[key]
            if found is not None:
                state[path] = found
        return state

    def _by_module(self, state: Mapping[str, ModuleFacts]) -> dict[str, ModuleFacts]:
        return {item.module: item for path, item in state.items() if item.module and path.endswith(".py")}

    def _dangling(self, state: Mapping[str, ModuleFacts], gone: set[str]) -> frozenset[Dangling]:
        def exists(module: str) -> bool:
            return module not in gone and self.layout.exists(module)

        def load(module: str) -> ModuleFacts | None:
            path = self.layout.path(module)
            if path in state:
                return state[path]
            if module not in self._elsewhere:
                self._elsewhere[module] = self._load(module, path)
            return self._elsewhere[module]

        return dangling(state, exists, load)

    def _load(self, module: str, path: str) -> ModuleFacts | None:
        if not path:
            return ModuleFacts(module, True)
        data = self.survey.read(path)
        return facts(data, module, self.layout.is_package(path)) if data is not None else None
