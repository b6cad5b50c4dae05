"""Taking a survey, in the order of cost.

Bytes first (which files can hold a reference at all), then one parse and one pass over those, then the few modules that
must be known to resolve what they import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec.structs import replace

from planner.admission import Admission, Trial
from planner.blocks import hold_opaque
from planner.config import Config
from planner.contents import Blob, Contents
from planner.contract import Contract
from planner.embedded import Embedded
from planner.examine import Examiner
from planner.facts import FileFacts, Interest
from planner.forms import is_code
from planner.found import FoundFile
from planner.graph import ImportGraph, Loadings
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
from planner.questions import PART, STAR, STARS, WHOLE, blocks_in, names_in, taken_of
from planner.rereading import Rereader
from planner.resolve import Resolver
from planner.scans import Scans
from planner.search import Handing, interest_of, takers_of, takes, tokens_of
from planner.snapshot import File, Snapshot
from planner.survey import CODE, PYTHON, Survey
from planner.words import Whole, words_of

_AT_ONCE = 100
"""Candidates that are read before the scan of their code begins."""


class Surveyor:
    """Takes the survey of one snapshot."""

    def __init__(self, snapshot: Snapshot, config: Config, scans: Scans, trial: Trial) -> None:
        self.snapshot, self.config, self._scans = snapshot, config, scans
        self.admission = Admission(snapshot, scans, trial)
        self.contents = self.admission.contents
        self._include, self._exclude = matcher(config.include), matcher(config.exclude)
        self._inside: dict[str, Embedded] = {}
        self._notebooks: dict[str, Notebook | str] = {}
        self._scanned: dict[str, FileFacts | str] = {}
        self._deep: dict[str, FileFacts | None] = {}
        self._begun: list[Callable[[], Mapping[str, FileFacts | str]]] = []
        regular = [file.path for file in snapshot.files if file.mode.startswith("100")]
        self.layout = Layout(regular, config.source_roots)
        self.skipped: list[Skipped] = []

    def survey(self) -> Survey:
        """Return the survey."""
        included = self._included()
        sought = self._seek(included)
        legacy = Legacy(self.config, self.layout, self.deep)
        interfaces = Interfaces(self.layout, self.deep)
        graph = ImportGraph(self.layout, self._loadings)
        imports = Imports(self.layout, self.snapshot, self._scans.named)
        resolver = Resolver(self.layout, legacy, self.facts, interfaces, imports)
        contract = Contract(legacy, interfaces, graph)
        mentions = Mentions(legacy)
        interest = interest_of(self.config, legacy, contract)
        found = sought()
        whole = Whole(interest.tokens)
        holds, python = self._read([file.path for file in included if file.path in found], whole, interest)
        chosen = [path for path, held in holds.items() if PART in held]
        asked = self._ask_blocks(chosen, whole)
        python, tokens = self._handed_on(interest, python, included, legacy, resolver)
        stars = sorted(path for path in holds.keys() - set(python) if path.endswith(PYTHON) and STAR in holds[path])
        python = sorted({*python, *self._star_importers(stars, tokens, interest)})
        notebooks = {path: self._notebooks[path] for path in chosen if path in self._notebooks}
        documents = tuple(
            path
            for path in chosen
            if not path.endswith(PYTHON) and path in self.contents and not isinstance(notebooks.get(path), str)
        )
        # Begun before all that one process does alone.
        marks = self._scans.marks(mentions, {path: self.contents.blobs[path] for path in documents})
        examiner = Examiner(legacy, resolver, mentions, tokens, frozenset(python))
        files = [examiner.examine(facts) for facts in self._read_facts(python)]
        blocks = self._blocks(asked, chosen, whole, replace(interest, tokens=tokens), examiner)
        for file in [*files, *blocks]:
            if file.path in self._inside:
                hold_opaque(file, self._inside[file.path], contract, runs=file.path.endswith(NOTEBOOK))
            if file.path in legacy.paths:
                file.references = Rereader.of_others(file)
        unparsed = {
            path: reason for path in python if path.endswith(PYTHON) and isinstance(reason := self._scanned[path], str)
        }
        unparsed |= {path: reason for path, reason in notebooks.items() if isinstance(reason, str)}
        words = dict(self.admission.words)
        words.update((path, words_of(self.contents[path])) for path in unparsed)
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
            documents=documents,
            inside=self._inside,
            notebooks={path: found for path, found in notebooks.items() if isinstance(found, Notebook)},
            blocks=[file for file in blocks if file.references],
            contents=self.contents,
            skipped=self.skipped,
            refused=self.admission.refused,
            words=words,
            outside=self._outside(included, found, interest, examiner),
            blob=self.admission.blob,
            keep=self._scans.keep,
            marks=marks,
            named=self._scans.named,
            examine=Rereader(self._scans.many, replace(interest, tokens=tokens), examiner),
        )

    def _seek(self, _included: Sequence[File]) -> Callable[[], frozenset[str]]:
        """Begin to look for the files that may hold a reference, and return what waits for their paths."""
        return self.snapshot.seek([*sorted(tokens_of(self.config)), *STARS])

    def _read(self, paths: Sequence[str], whole: Whole, interest: Interest) -> tuple[dict[str, str], list[str]]:
        """Return what each candidate holds, and the paths of those whose Python holds a name as a whole.

        They are read a part at a time, and while the next part is read, the code of this one is scanned.
        """
        holds: dict[str, str] = {}
        python: list[str] = []
        for start in range(0, len(paths), _AT_ONCE):
            some = paths[start : start + _AT_ONCE]
            self.admission.load(some)
            here = {path: self.contents.blobs[path] for path in some if path in self.contents}
            answers = self._scans.ask(names_in(whole), here)
            new = [
                path
                for path, held in answers.items()
                if (path.endswith(PYTHON) and WHOLE in held)
                or (path.endswith(NOTEBOOK) and PART in held and whole.search(self._code(path)))
            ]
            self._begin(interest, new)
            holds |= answers
            python += new
        return holds, python

    def _begin(self, interest: Interest, paths: Sequence[str]) -> None:
        """Begin to scan code that holds a name; `_handed_on` waits for it."""
        self._begun.append(self._scans.begin(interest, {path: self._source(path) for path in paths}))

    def _handed_on(
        self, interest: Interest, python: list[str], included: Sequence[File], legacy: Legacy, resolver: Resolver
    ) -> tuple[list[str], frozenset[str]]:
        """Scan the code with a reference, and return its paths and all names that a legacy symbol is known by."""
        for read in self._begun:
            self._scanned.update(read())
        self._begun.clear()
        handing = Handing(self.layout, legacy, resolver, interest.tokens)
        while more := handing.more(self._read_facts(python)):
            added = self.snapshot.containing(sorted(more), CODE)
            takers = takers_of(more)
            extra = self.admission.only([file.path for file in included if file.path in added], taken_of(takers))
            taking = (path for path in extra if path.endswith(PYTHON) or takes(self._code(path), takers))
            python = sorted({*python, *taking})
            self._scan(replace(interest, tokens=handing.tokens), [path for path in python if path in added])
        for path in python:  # what is edited is read again: that is a small part
            self._source(path).forget()
        return python, handing.tokens

    def _ask_blocks(self, chosen: Sequence[str], whole: Whole) -> list[Callable[[], Mapping[str, str]]]:
        """Begin to ask which documents have Python with a name in it, and return what waits for the answers."""
        return [
            self._scans.begin_asking(
                blocks_in(suffix, whole),
                {path: self.contents.blobs[path] for path in chosen if path.endswith(suffix)},
            )
            for suffix in MARKUP
        ]

    def _blocks(
        self,
        asked: Sequence[Callable[[], Mapping[str, str]]],
        chosen: Sequence[str],
        whole: Whole,
        interest: Interest,
        examiner: Examiner,
    ) -> list[FoundFile]:
        """Return the inventory of the Python in each document that has some."""
        for answers in asked:
            for path, answer in answers().items():
                if answer and (blocks := read_blocks(path, self.contents[path], whole, answer)) is not None:
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
        found: dict[str, frozenset[str]] = {}
        for path, facts in self._scans.many(
            interest, self.admission.admitted(Contents.of(self.snapshot, paths))
        ).items():
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

    def _loadings(self, paths: Sequence[str]) -> Mapping[str, Loadings]:
        self.admission.load(paths)
        return self._scans.loadings({path: self.contents.blobs[path] for path in paths if path in self.contents})

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
        self._scanned.update(self._scans.many(interest, {path: self._source(path) for path in paths}))

    def _source(self, path: str) -> Blob:
        """Return the Python of a file, as `_code` does."""
        known = None if path.endswith((NOTEBOOK, *MARKUP)) else self.contents.blobs.get(path)
        return Blob(self._code(path)) if known is None else known

    def _read_facts(self, paths: Iterable[str]) -> list[FileFacts]:
        return [facts for path in paths if isinstance(facts := self._scanned[path], FileFacts)]

    def facts(self, path: str) -> FileFacts | None:
        """Return the facts of any Python file, scanned when asked for; None where it cannot be read."""
        if path not in self._scanned:
            blob = self.admission.blob(path)
            self._scanned[path] = (
                "its object is missing" if blob is None else self._scans.shallow(path, blob, deep=False)
            )
        found = self._scanned[path]
        return found if isinstance(found, FileFacts) else None

    def deep(self, path: str) -> FileFacts | None:
        """Return the facts of a file with its definitions, for the contract and for shims."""
        if path not in self._deep:
            blob = self.admission.blob(path)
            found = None if blob is None else self._scans.shallow(path, blob, deep=True)
            self._deep[path] = found if isinstance(found, FileFacts) else None
        return self._deep[path]

    def _star_importers(self, paths: Sequence[str], tokens: frozenset[str], interest: Interest) -> list[str]:
        """Return those of the files with a star import that can be read: they may hand a name on unnamed."""
        self._scan(replace(interest, tokens=tokens), paths)
        return [path for path in paths if isinstance(self._scanned[path], FileFacts)]
