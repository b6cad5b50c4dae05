"""The contents of a snapshot that parsers may be shown: each file is looked at once, before the first one reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from planner.contents import Blob, Contents
from planner.hazards import is_risky, refusal
from planner.markup import MARKUP
from planner.notebooks import NOTEBOOK
from planner.scans import Question, Scans
from planner.snapshot import Snapshot
from planner.survey import CODE, PYTHON
from planner.words import words_of

Trial = Callable[[str, bytes], str]
"""Tries a risky file (path, contents) where it harms nothing; returns why it cannot be read, "" where it can."""

_KINDS = (PYTHON, (NOTEBOOK, *MARKUP), ("",))
"""Kinds of files, by the ends of their paths: Python, what has Python inside, all others."""


class Admission:
    """Lets contents in: `contents` are those that came through, `refused` holds why the others did not.

    `words` are those of the Python files that were refused.
    """

    def __init__(self, snapshot: Snapshot, scans: Scans, trial: Trial) -> None:
        self._snapshot, self._scans, self._trial = snapshot, scans, trial
        self.contents = Contents(snapshot)
        self.refused: dict[str, str] = {}
        self.words: dict[str, frozenset[str]] = {}
        self._missing: set[str] = set()

    def load(self, paths: Sequence[str]) -> None:
        """Let in those of the paths that nobody has asked for yet, as far as there are such files."""
        asked = (self.contents, self.refused, self._missing)
        new = [path for path in paths if not any(path in known for known in asked)]
        self.contents.take(self.admitted(Contents.of(self._snapshot, new)))
        self._missing.update(path for path in new if not any(path in known for known in asked))

    def blob(self, path: str) -> Blob | None:
        """Return the contents of any file of the snapshot, None where they are missing or refused."""
        if path not in self.contents:
            self.load([path])
        return self.contents.blobs.get(path)

    def only(self, paths: Sequence[str], question: Question) -> list[str]:
        """Return those of the paths of which a question is answered with anything but "", and let these in.

        All that is no Python counts, because what is inside of it is asked elsewhere. Nothing is kept of the others.
        """
        new = [path for path in paths if path not in self.contents and path not in self.refused]
        found = Contents.of(self._snapshot, new)
        blobs = {path: self.contents.blobs[path] for path in paths if path in self.contents} | dict(found.blobs)
        answers = self._scans.ask(question, {path: blob for path, blob in blobs.items() if path.endswith(PYTHON)})
        for path in new:
            if path in found and not answers.get(path, "other"):
                del found[path]
        self.contents.take(self.admitted(found))
        return [path for path in paths if path in self.contents and answers.get(path, "other")]

    def admitted(self, contents: Contents) -> Mapping[str, Blob]:
        """Return those of the contents that parsers may be shown."""
        doubtful: list[str] = []
        rest = set(contents)
        for kind in _KINDS:
            blobs = {path: contents.blobs[path] for path in rest if path.endswith(kind)}
            rest -= blobs.keys()
            answers = self._scans.ask(Question(f"doubtful {kind}", partial(_doubtful, kind)), blobs)
            doubtful += [path for path, answer in answers.items() if answer]
        for path in sorted(doubtful):
            data = contents[path]
            if reason := refusal(path, data) or self._tried(path, data):
                del contents[path]
                self.refused[path] = reason
                if path.endswith(PYTHON):
                    self.words[path] = words_of(data)
        return contents.blobs

    def _tried(self, path: str, data: bytes) -> str:
        return self._trial(path, data) if path.endswith((*CODE, *MARKUP)) and is_risky(data) else ""


def _doubtful(kind: tuple[str, ...], data: bytes) -> str:
    """Tell whether a file of a kind is to be looked at closely before it is shown to a parser, "" where it is not."""
    return "yes" if refusal(kind[0], data) or (kind != ("",) and is_risky(data)) else ""
