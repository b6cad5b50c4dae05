"""Taking a survey, in the order of cost.

Bytes first (which files can hold a reference at all), then one parse and one pass over those, then the few modules that
must be known to resolve what they import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from planner.blocks import hold_opaque
from planner.config import Config
from planner.contract import Contract
from planner.embedded import Embedded
from planner.examine import Examiner
from planner.facts import FileFacts, Interest
from planner.forms import is_code
from planner.found import FoundFile
from planner.graph import ImportGraph, Loadings
from planner.hazards import is_risky, refusal
from planner.held import DECISIONS
from planner.imports import Imports
from planner.interfaces import Interfaces
from planner.layout import Layout
from planner.legacy import Legacy
from planner.markup import MARKUP, read_blocks
from planner.mentions import Mentions
from planner.model import Skipped
from planner.notebooks import NOTEBOOK, Notebook, read_notebook
from planner.patterns import matcher
from planner.rereading import Rereader
from planner.resolve import Resolver
from planner.scans import Scans
from planner.search import Handing, Takers, interest_of, takers_of, takes
from planner.snapshot import File, Snapshot
from planner.survey import CODE, PYTHON, Survey
from planner.words import Whole, encoded, words_of

Trial = Callable[[str, bytes], str]
"""Tries a risky file (path, contents) where it harms nothing; returns why it cannot be read, "" where it can."""

_STARS = ("import *", "import\t*", "import  *")


class Surveyor:
    """Takes the survey of one snapshot."""

    def __init__(self, snapshot: Snapshot, config: Config, scans: Scans, trial: Trial) -> None:
        self.snapshot, self.config, self._scans, self._trial = snapshot, config, scans, trial
        self._include, self._exclude = matcher(config.include), matcher(config.exclude)
        self.contents: dict[str, bytes] = {}
        self.refused: dict[str, str] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._missing: set[str] = set()
        self._inside: dict[str, Embedded] = {}
        self._notebooks: dict[str, Notebook | str] = {}
        self._scanned: dict[str, FileFacts | str] = {}
        self._deep: dict[str, FileFacts | None] = {}
        regular = [file.path for file in snapshot.files if file.mode.startswith("100")]
        self.layout = Layout(regular, config.source_roots)
        self.skipped: list[Skipped] = []

    def survey(self) -> Survey:
        """Return the survey."""
        included = self._included()
        legacy = Legacy(self.config, self.layout, self.deep)
        interfaces = Interfaces(self.layout, self.deep)
        graph = ImportGraph(self.layout, self._loadings)
        imports = Imports(self.layout, self.snapshot.read, self._scans.named)
        resolver = Resolver(self.layout, legacy, self.facts, interfaces, imports)
        contract = Contract(legacy, interfaces, graph)
        mentions = Mentions(legacy)
        interest = interest_of(self.config, legacy, contract)
        found = self._candidates(interest, included)
        self._load([file.path for file in included if file.path in found])
        whole = Whole(interest.tokens)
        candidates = frozenset(
            path
            for path in found
            if path in self.contents and any(token in self.contents[path] for token in encoded(interest.tokens))
        )
        chosen = [file.path for file in included if file.path in candidates]
        python = [path for path in chosen if path.endswith(CODE) and whole.search(self._code(path))]
        python, tokens = self._handed_on(interest, python, included, legacy, resolver)
        python = sorted({*python, *self._star_importers(found, python, tokens, interest)})
        examiner = Examiner(legacy, resolver, mentions, tokens, frozenset(python))
        files = [examiner.examine(facts) for facts in self._read_facts(python)]
        blocks = self._blocks(chosen, whole, replace(interest, tokens=tokens), examiner)
        for file in [*files, *blocks]:
            if file.path in self._inside:
                hold_opaque(file, self._inside[file.path], contract, runs=file.path.endswith(NOTEBOOK))
            if file.path in legacy.paths:
                file.references = Rereader.of_others(file)
        unparsed = {
            path: reason for path in python if path.endswith(PYTHON) and isinstance(reason := self._scanned[path], str)
        }
        notebooks = {path: self._notebooks[path] for path in chosen if path in self._notebooks}
        unparsed |= {path: reason for path, reason in notebooks.items() if isinstance(reason, str)}
        self._words.update((path, words_of(self.contents[path])) for path in unparsed)
        readable = self.contents.keys() - unparsed.keys()
        return Survey(
            config=self.config,
            layout=self.layout,
            legacy=legacy,
            resolver=resolver,
            contract=contract,
            mentions=mentions,
            scanned=included,
            files=[file for file in files if file.references],
            unparsed=unparsed,
            documents=tuple(path for path in chosen if not path.endswith(PYTHON) and path in readable),
            inside=self._inside,
            notebooks={path: found for path, found in notebooks.items() if isinstance(found, Notebook)},
            blocks=[file for file in blocks if file.references],
            contents=self.contents,
            skipped=self.skipped,
            refused=self.refused,
            words=self._words,
            outside=self._outside(included, found, interest, examiner),
            read=self.read,
            marks=partial(self._scans.marks, mentions),
            named=self._scans.named,
            examine=Rereader(self._scans.many, replace(interest, tokens=tokens), examiner),
        )

    def _candidates(self, interest: Interest, _included: Sequence[File]) -> frozenset[str]:
        """Return the paths of the files that may hold a reference."""
        return self.snapshot.containing([*sorted(interest.tokens), *_STARS])

    def _handed_on(
        self, interest: Interest, python: list[str], included: Sequence[File], legacy: Legacy, resolver: Resolver
    ) -> tuple[list[str], frozenset[str]]:
        """Scan the code with a reference, and return its paths and all names that a legacy symbol is known by."""
        self._scan(interest, python)
        handing = Handing(self.layout, legacy, resolver, interest.tokens)
        while more := handing.more(self._read_facts(python)):
            added = self.snapshot.containing(sorted(more), CODE)
            takers = takers_of(more)
            extra = [file.path for file in included if file.path in added]
            self._load(self._possible([path for path in extra if path not in self.contents], takers))
            python = sorted({*python, *(path for path in extra if takes(self._code(path), takers))})
            self._scan(replace(interest, tokens=handing.tokens), [path for path in python if path in added])
        return python, handing.tokens

    def _blocks(self, chosen: Sequence[str], whole: Whole, interest: Interest, examiner: Examiner) -> list[FoundFile]:
        """Return the inventory of the Python in each document that has some."""
        for path in chosen:
            if path.endswith(MARKUP):
                blocks = read_blocks(path, self.contents[path], whole)
                if blocks is not None:
                    self._inside[path] = blocks
        paths = [path for path in chosen if path.endswith(MARKUP) and whole.search(self._code(path))]
        self._scan(interest, paths)
        return [examiner.examine(facts) for path in paths if isinstance(facts := self._scanned[path], FileFacts)]

    def _outside(
        self, included: Sequence[File], candidates: frozenset[str], interest: Interest, examiner: Examiner
    ) -> dict[str, frozenset[str]]:
        inside = {file.path for file in included}
        paths = [
            file.path
            for file in self.snapshot.files
            if file.path in candidates
            and file.path not in inside
            and file.path.endswith(PYTHON)
            and file.mode.startswith("100")
        ]
        contents = dict(self._readable(paths))
        found: dict[str, frozenset[str]] = {}
        for path, facts in self._scans.many(interest, contents).items():
            if isinstance(facts, FileFacts):
                references = examiner.examine(facts).references
                modules = frozenset(item.key.module for item in references if is_code(item.form) and not item.via)
                if modules - {self.layout.module(path)}:
                    found[path] = modules
        return found

    def _included(self) -> tuple[File, ...]:
        included: list[File] = []
        for file in self.snapshot.files:
            if not self._include.fullmatch(file.path) or self._exclude.fullmatch(file.path):
                continue
            if file.path in (self.config.path, self.config.check.baseline, DECISIONS):
                continue
            if file.mode == "120000":
                self.skipped.append(Skipped(file.path, "a symbolic link"))
            elif file.mode == "160000":
                self.skipped.append(Skipped(file.path, "a submodule"))
            included.append(file)
        return tuple(included)

    def _load(self, paths: Sequence[str]) -> None:
        self.contents.update(self._readable([path for path in paths if path not in self.refused]))

    def _possible(self, paths: Sequence[str], takers: Takers) -> list[str]:
        """Return the paths of files that are worth to be read closely; nothing is kept of the others."""
        read = self.snapshot.read(paths)
        return [path for path, data in read if data and (not path.endswith(PYTHON) or takes(data, takers))]

    def _readable(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield those of the files that there are and that parsers may be shown."""
        for path, data in self.snapshot.read(paths):
            if data is None:
                continue
            if reason := refusal(path, data) or self._tried(path, data):
                self.refused[path] = reason
                if path.endswith(PYTHON):
                    self._words[path] = words_of(data)
            else:
                yield path, data

    def _tried(self, path: str, data: bytes) -> str:
        return self._trial(path, data) if path.endswith((*CODE, *MARKUP)) and is_risky(data) else ""

    def _loadings(self, paths: Sequence[str]) -> Mapping[str, Loadings]:
        self._load([path for path in paths if path not in self.contents and path not in self._missing])
        return self._scans.loadings({path: self.contents[path] for path in paths if path in self.contents})

    def read(self, path: str) -> bytes | None:
        """Return the contents of any file of the snapshot, None where they are missing."""
        if path not in self.contents and path not in self._missing:
            self._load([path])
            if path not in self.contents:
                self._missing.add(path)
        return self.contents.get(path)

    def _code(self, path: str) -> bytes:
        """Return the Python of a file: all of it, or what is inside of a notebook or a document."""
        if path.endswith(NOTEBOOK) and path not in self._notebooks and path in self.contents:
            found = self._notebooks[path] = read_notebook(path, self.contents[path])
            if isinstance(found, Notebook):
                self._inside[path] = found.code
        if path.endswith((NOTEBOOK, *MARKUP)):
            return self._inside[path].code if path in self._inside else b""
        return self.contents.get(path, b"")

    def _scan(self, interest: Interest, paths: Sequence[str]) -> None:
        self._scanned.update(self._scans.many(interest, {path: self._code(path) for path in paths}))

    def _read_facts(self, paths: Iterable[str]) -> list[FileFacts]:
        return [facts for path in paths if isinstance(facts := self._scanned[path], FileFacts)]

    def facts(self, path: str) -> FileFacts | None:
        """Return the facts of any Python file, scanned when asked for; None where it cannot be read."""
        if path not in self._scanned:
            data = self.read(path)
            self._scanned[path] = (
                "its object is missing" if data is None else self._scans.shallow(path, data, deep=False)
            )
        found = self._scanned[path]
        return found if isinstance(found, FileFacts) else None

    def deep(self, path: str) -> FileFacts | None:
        """Return the facts of a file with its definitions, for the contract and for shims."""
        if path not in self._deep:
            data = self.read(path)
            found = None if data is None else self._scans.shallow(path, data, deep=True)
            self._deep[path] = found if isinstance(found, FileFacts) else None
        return self._deep[path]

    def _star_importers(
        self, found: frozenset[str], python: Sequence[str], tokens: frozenset[str], interest: Interest
    ) -> list[str]:
        """Return the files that import everything from a module of the repository, and may hand a name on unnamed."""
        paths = sorted(
            path
            for path in found.difference(python)
            if path.endswith(PYTHON) and any(star.encode() in self.contents.get(path, b"") for star in _STARS)
        )
        self._scan(replace(interest, tokens=tokens), paths)
        return [path for path in paths if isinstance(self._scanned[path], FileFacts)]
