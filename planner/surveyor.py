"""Taking a survey, in the order of cost.

Bytes first (which files can hold a reference at all), then one parse and one pass over those, then the few modules that
must be known to resolve what they import.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

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
from planner.markup import MARKUP, read_blocks, readable_blocks
from planner.mentions import Mentions
from planner.model import Skipped
from planner.notebooks import NOTEBOOK, Notebook, read_notebook
from planner.patterns import matcher
from planner.rereading import Rereader
from planner.resolve import Resolver
from planner.scans import Question, Scans
from planner.search import Handing, Takers, interest_of, takers_name, takers_of, takes
from planner.snapshot import File, Snapshot
from planner.survey import CODE, PYTHON, Survey
from planner.words import Whole, words_of

_STARS = ("import *", "import\t*", "import  *")
_PART, _WHOLE, _STAR = "p", "w", "s"


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
        regular = [file.path for file in snapshot.files if file.mode.startswith("100")]
        self.layout = Layout(regular, config.source_roots)
        self.skipped: list[Skipped] = []

    def survey(self) -> Survey:
        """Return the survey."""
        included = self._included()
        legacy = Legacy(self.config, self.layout, self.deep)
        interfaces = Interfaces(self.layout, self.deep)
        graph = ImportGraph(self.layout, self._loadings)
        imports = Imports(self.layout, self.snapshot, self._scans.named)
        resolver = Resolver(self.layout, legacy, self.facts, interfaces, imports)
        contract = Contract(legacy, interfaces, graph)
        mentions = Mentions(legacy)
        interest = interest_of(self.config, legacy, contract)
        found = self._candidates(interest, included)
        self.admission.load([file.path for file in included if file.path in found])
        whole = Whole(interest.tokens)
        holds = self._scans.ask(
            _names_in(whole), {path: self.contents.blobs[path] for path in found & set(self.contents)}
        )
        chosen = [file.path for file in included if _PART in holds.get(file.path, "")]
        python = [
            path
            for path in chosen
            if (path.endswith(PYTHON) and _WHOLE in holds[path])
            or (path.endswith(NOTEBOOK) and whole.search(self._code(path)))
        ]
        python, tokens = self._handed_on(interest, python, included, legacy, resolver)
        stars = sorted(path for path in holds.keys() - set(python) if path.endswith(PYTHON) and _STAR in holds[path])
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
        blocks = self._blocks(chosen, whole, replace(interest, tokens=tokens), examiner)
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
            question = Question(f"takes {takers_name(takers)}", partial(_taken, takers=takers))
            extra = self.admission.only([file.path for file in included if file.path in added], question)
            taking = (path for path in extra if path.endswith(PYTHON) or takes(self._code(path), takers))
            python = sorted({*python, *taking})
            self._scan(replace(interest, tokens=handing.tokens), [path for path in python if path in added])
        for path in python:  # what is edited is read again: that is a small part
            self._source(path).forget()
        return python, handing.tokens

    def _blocks(self, chosen: Sequence[str], whole: Whole, interest: Interest, examiner: Examiner) -> list[FoundFile]:
        """Return the inventory of the Python in each document that has some."""
        for suffix in MARKUP:
            blobs = {path: self.contents.blobs[path] for path in chosen if path.endswith(suffix)}
            for path, answer in self._scans.ask(_blocks_in(suffix, whole), blobs).items():
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


def _taken(data: bytes, takers: Takers) -> str:
    return "yes" if takes(data, takers) else ""


def _names_in(whole: Whole) -> Question:
    """Ask whether a file holds a name at all, or as a whole one, and what looks like a star import."""
    stars = [star.encode() for star in _STARS]

    def answer(data: bytes) -> str:
        held = ("", _PART, _PART + _WHOLE)[whole.held(data)]
        return held + (_STAR if any(star in data for star in stars) else "")

    return Question(f"names {whole.names}", answer)


def _blocks_in(suffix: str, whole: Whole) -> Question:
    """Ask which code blocks of a document (by the end of its path) are Python, if any holds one of the names."""

    def answer(data: bytes) -> str:
        found = read_blocks(suffix, data, whole)
        return "" if found is None else readable_blocks(found)

    return Question(f"blocks {suffix} {whole.names}", answer)
