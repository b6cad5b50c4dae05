"""The survey of a few files: what these refer to, with as little of the rest of the repository as that takes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from msgspec.structs import replace

from planner.admission import Trial
from planner.config import Config
from planner.examine import Examiner
from planner.facts import FileFacts, Interest
from planner.legacy import Legacy
from planner.nearby import Nearby
from planner.resolve import Resolver
from planner.scans import Scans
from planner.search import Handing
from planner.snapshot import File, Snapshot
from planner.survey import CODE
from planner.surveyor import Surveyor
from planner.words import Whole


class SurveyorOfSome(Surveyor):
    """Takes the survey of some files of a snapshot: their references are those that a survey of all would find.

    What becomes of them may be told in another way, as it depends on files that are not looked at.
    """

    def __init__(self, snapshot: Snapshot, config: Config, scans: Scans, trial: Trial, paths: Collection[str]) -> None:
        super().__init__(snapshot, config, scans, trial)
        self._paths = frozenset(paths)

    def _included(self) -> tuple[File, ...]:
        return tuple(file for file in super()._included() if file.path in self._paths)

    def _seek(self, included: Sequence[File]) -> Callable[[], frozenset[str]]:
        return lambda: frozenset(file.path for file in included if file.mode.startswith("100"))

    def _begin(self, interest: Interest, paths: Sequence[str]) -> None:
        """Begin nothing: `_handed_on` looks at the imports of all files first."""

    def _handed_on(
        self, interest: Interest, python: list[str], included: Sequence[File], legacy: Legacy, resolver: Resolver
    ) -> tuple[list[str], frozenset[str]]:
        code = {file.path: self._source(file.path) for file in included if file.path.endswith(CODE)}
        # Their imports are the same for any interest, and most files need no other one.
        found = self._scans.many(interest, code)
        known = ((facts, code[path].data) for path, facts in found.items() if isinstance(facts, FileFacts))
        nearby = Nearby(self.layout, legacy, resolver)
        nearby.look(known)
        tokens = interest.tokens | nearby.tokens
        taking = Whole(tokens)
        python = sorted({*python, *(path for path, blob in code.items() if taking.search(blob.data))})
        # What becomes of a name that a module hands on is decided there.
        hubs = {path for module in nearby.hubs if (path := self.layout.path(module))}
        self.admission.load(sorted(hubs - self.contents.keys()))
        python = sorted({*python, *(hubs & self.contents.keys())})
        self._scan(replace(interest, tokens=tokens), python)
        handing = Handing(self.layout, legacy, resolver, tokens)
        while handing.more(self._read_facts(python)):
            self._scan(replace(interest, tokens=handing.tokens), python)
        return python, handing.tokens

    def _outside(
        self, included: Sequence[File], candidates: frozenset[str], interest: Interest, examiner: Examiner
    ) -> dict[str, frozenset[str]]:
        return {}
