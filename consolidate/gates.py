"""The gates over the whole repository, phase by phase: no import or patch newly dangling, no new import cycle.

An import's fate can change only where what its module offers changes. So the gates look at the files that a phase edits
and at those that import from a module whose names change; all others are as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from msgspec.structs import replace

from consolidate.cache.codec import Codec
from consolidate.proof.cycles import new_cycles
from consolidate.proof.dangling import Dangling, dangling, newly_dangling
from consolidate.proof.imports import ModuleFacts, facts
from consolidate.scanning import Progress
from consolidate.workers import Care, Workers
from planner.contents import Blob, read
from planner.hazards import is_risky
from planner.model import FileEdit, Phase, Skipped, apply_edits
from planner.survey import Survey

_PYTHON = (".py", ".pyi")

Known = Mapping[tuple[str, str], ModuleFacts]
"""Facts by path and blob id."""

_CODEC: Codec[ModuleFacts | None] = Codec(ModuleFacts | None)


def _facts(task: tuple[bytes, str, bool]) -> ModuleFacts | None:
    return facts(*task)


_CARE: Care[tuple[bytes, str, bool], ModuleFacts | None] = Care(
    risky=lambda task: is_risky(task[0]), lost=lambda task, reason: None
)


def _edited(blob: Blob, edit: FileEdit) -> Blob:
    """Return what an edit makes of contents."""
    return Blob.made(edit.result, lambda: apply_edits(blob.data, edit.edits, edit.path))


def offers(found: ModuleFacts | None) -> tuple[object, ...]:
    """Return what a module offers to those that import from it."""
    return (found.exports, found.stars, found.public, found.open, found.moved) if found is not None else ()


def _fresh(states: Sequence[Mapping[str, ModuleFacts]]) -> frozenset[str]:
    """Return the modules from which a file takes something in a state, and takes it not in the first one."""
    first, found = states[0], set[str]()
    for state in states[1:]:
        for path, new in state.items():
            old = first.get(path)
            if old is new:
                continue
            known = {(item.module, item.name) for item in old.imports} if old is not None else set()
            found.update(item.module for item in new.imports if (item.module, item.name) not in known)
            targets = {patch.target for patch in old.patches} if old is not None else set()
            for patch in new.patches:
                if patch.target not in targets:
                    parts = patch.target.split(".")
                    found.update(".".join(parts[:count]) for count in range(1, len(parts)))
    return frozenset(found)


def _prefixes(dotted: Iterable[str]) -> Iterator[str]:
    """Yield what stands before each dot of dotted names."""
    for name in dotted:
        place = name.find(".")
        while place >= 0:
            yield name[:place]
            place = name.find(".", place + 1)


class Gates:
    """Checks the phases of one plan; `known` are facts that were found before."""

    def __init__(self, survey: Survey, workers: Workers, progress: Progress, known: Known) -> None:
        self.survey, self.progress, self.layout = survey, progress, survey.layout
        self._workers = workers
        self._facts: dict[tuple[str, str], ModuleFacts | None] = {**known}
        self._elsewhere: dict[str, ModuleFacts | None] = {}

    def check(self, phases: tuple[Phase, ...], watched: frozenset[str] = frozenset()) -> tuple[Phase, ...]:
        """Return the phases, each with what its gates found as `unproved` files, which refuse it.

        `watched` are files beyond those of the survey that may import from what the phases change.
        """
        edited = self._edited(phases)
        self._prepare(edited)
        importers = (self._importers(self._changed(edited)) | watched) - edited.keys()
        blobs = self.survey.contents.blobs
        self._prepare({path: [blobs[path]] for path in sorted(importers)})
        current = {path: blobs[path] for path in sorted(edited.keys() | importers)}
        gone: frozenset[str] = frozenset()
        states = [(self._state(current), gone)]
        for phase in phases:
            for edit in phase.files:
                if edit.path not in current:
                    continue
                if edit.deleted:
                    del current[edit.path]
                    gone |= {self.layout.module(edit.path)}
                else:
                    current[edit.path] = _edited(current[edit.path], edit)
            states.append((self._state(current), gone))
        fresh = self._with_stars(_fresh([state for state, _ in states]), [state for state, _ in states])
        checked: list[Phase] = []
        dangles = self._dangling(*states[0], fresh)
        for number, phase in enumerate(phases, 1):
            (before, _), (after, gone) = states[number - 1 : number + 1]
            now = self._dangling(after, gone, fresh)
            found = [Skipped(item.importer, str(item)) for item in newly_dangling(dangles, now) if not item.typing]
            found += [
                Skipped(self.layout.path(cycle.modules[0]), f"a new import cycle: {cycle}")
                for cycle in new_cycles(self._by_module(before), self._by_module(after))
            ]
            checked.append(replace(phase, unproved=(*phase.unproved, *sorted(found, key=lambda s: (s.path, s.reason)))))
            dangles = now
            self.progress("check imports", number, len(phases))
        return tuple(checked)

    def _edited(self, phases: tuple[Phase, ...]) -> dict[str, list[Blob]]:
        """Return the Python files that the phases edit, each with its contents before and after every edit."""
        versions: dict[str, list[Blob]] = {}
        for phase in phases:
            for edit in phase.files:
                if not edit.path.endswith(_PYTHON) or edit.path in self.survey.unparsed:
                    continue
                known = versions.setdefault(edit.path, [self.survey.contents.blobs[edit.path]])
                known.append(Blob(b"") if edit.deleted else _edited(known[-1], edit))
        return versions

    def _prepare(self, versions: Mapping[str, Sequence[Blob]]) -> None:
        """Compute the facts of every version of every file, once each."""
        given = {(path, blob.id): blob for path, blobs in versions.items() for blob in blobs}
        wanted = {place: blob for place, blob in given.items() if place not in self._facts}
        asked = [(blob, self.layout.module(path), self.layout.is_package(path)) for (path, _), blob in wanted.items()]
        memo = self._workers.memo
        keys = [memo.key("imports", blob.id, module, str(is_package)) for blob, module, is_package in asked]

        def compute(todo: Sequence[int]) -> Iterator[ModuleFacts | None]:
            read(asked[index][0] for index in todo)
            tasks = [(blob.data, module, is_package) for blob, module, is_package in (asked[index] for index in todo)]
            return self._workers.map(_facts, tasks, sum(len(data) for data, _, _ in tasks), _CARE)

        found = memo.results(_CODEC, keys, compute, lambda index: not is_risky(asked[index][0].data))
        self._facts.update(zip(wanted, found, strict=True))

    def _changed(self, versions: Mapping[str, Sequence[Blob]]) -> set[str]:
        """Return the modules of which what they offer to importers changes."""
        return {
            self.layout.module(path)
            for path, blobs in versions.items()
            if len({offers(self._facts[path, blob.id]) for blob in blobs}) > 1
        }

    def _importers(self, modules: set[str]) -> set[str]:
        """Return the files of the survey that import from one of the modules, or may patch a name in it."""
        found: set[str] = set()
        for file in self.survey.files:
            if file.path.endswith(_PYTHON) and not modules.isdisjoint(_prefixes(file.facts.named)):
                found.add(file.path)
                continue
            for alias in file.facts.aliases if file.path.endswith(_PYTHON) else ():
                source = self.layout.absolute(file.path, alias.module, alias.level)
                if source in modules or f"{source}.{alias.name}" in modules:
                    found.add(file.path)
                    break
        return found

    def _state(self, current: Mapping[str, Blob]) -> dict[str, ModuleFacts]:
        self._prepare({path: [blob] for path, blob in current.items()})
        found = {path: self._facts[path, blob.id] for path, blob in current.items()}
        return {path: known for path, known in found.items() if known is not None}

    def _by_module(self, state: Mapping[str, ModuleFacts]) -> dict[str, ModuleFacts]:
        return {item.module: item for path, item in state.items() if item.module and path.endswith(".py")}

    def _with_stars(self, modules: Set[str], states: Sequence[Mapping[str, ModuleFacts]]) -> set[str]:
        """Return the modules with those whose names they have, or any module of the states has, by a star import."""
        todo = [*modules, *(star for state in states for item in state.values() for star in item.stars)]
        found: set[str] = set()
        while todo:
            module = todo.pop()
            if module not in found and self.layout.exists(module):
                found.add(module)
                known = self._outside(module)
                todo += known.stars if known is not None else ()
        return found

    def _outside(self, module: str) -> ModuleFacts | None:
        """Return the facts of a module as it is at the commit."""
        if module not in self._elsewhere:
            self._elsewhere[module] = self._load(module, self.layout.path(module))
        return self._elsewhere[module]

    def _dangling(self, state: Mapping[str, ModuleFacts], gone: Set[str], fresh: Set[str]) -> frozenset[Dangling]:
        """Return what dangles in a state; of modules outside of it only `fresh` ones are looked at.

        What others lack, they lack before and after.
        """

        def exists(module: str) -> bool:
            return module not in gone and self.layout.exists(module)

        def load(module: str) -> ModuleFacts | None:
            path = self.layout.path(module)
            if path in state:
                return state[path]
            return self._outside(module) if module in fresh else None

        return dangling(state, exists, load)

    def _load(self, module: str, path: str) -> ModuleFacts | None:
        if not path:
            return ModuleFacts(module, True)
        blob = self.survey.blob(path)
        if blob is None:
            return None
        self._prepare({path: [blob]})
        return self._facts[path, blob.id]
