"""The files of a commit, with the changes of phases laid over them in memory: what a phase finds and what it makes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from consolidate.errors import Refused, listed
from planner.model import EditError, FileChange, Phase, apply_edits, blob_id, encode

if TYPE_CHECKING:
    from consolidate.repository import Repository

NEW_FILE = "100644"
_AGAIN = "plan again: `consolidate plan -o FILE`, then `consolidate apply --phase 1 FILE`"


class Tree:
    """A commit's files by path; `lay` puts a phase's changes over them. Nothing is written."""

    def __init__(self, repository: Repository, commit: str) -> None:
        self.commit = commit
        self._repository = repository
        self._entries = {entry.path: (entry.mode, entry.blob) for entry in repository.entries(commit)}
        self._laid: dict[str, bytes] = {}

    def blob(self, path: str) -> str:
        """Return the object id of a file, "" where there is none."""
        return self._entries.get(path, ("", ""))[1]

    def read(self, path: str) -> bytes:
        """Return a file's contents. Raises KeyError where there is no such file."""
        return self.read_all([path])[path]

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the contents of files, by path. Raises KeyError where a path is no file, Refused for a lost blob."""
        wanted = {path: self._entries[path][1] for path in paths}
        stored = sorted({blob for path, blob in wanted.items() if path not in self._laid})
        blobs = dict(self._repository.read_blobs(stored))
        found: dict[str, bytes] = {}
        for path, blob in wanted.items():
            data = self._laid[path] if path in self._laid else blobs.get(blob)
            if data is None:
                raise Refused("the repository lacks a file's contents", path, "fetch it first", code="missing-blob")
            found[path] = data
        return found

    def changes(self, phase: Phase, only: Collection[str] | None = None) -> tuple[FileChange, ...]:
        """Return what a phase changes in this tree, by path, each result compared with the plan's object id.

        `only` restricts to some paths. Raises Refused (`stale`) with the files that are not those the plan was made
        for, and where an edit does not fit.
        """
        files = [file for file in phase.files if only is None or file.path in only]
        stale = sorted(file.path for file in files if self.blob(file.path) != file.blob)
        if stale:
            what = f"phase {phase.number} was planned for other contents of {listed(stale)}"
            raise Refused(what, stale[0], _AGAIN, code="stale", details=stale)
        contents = self.read_all(file.path for file in files if not file.created)
        changes = []
        for file in sorted(files, key=lambda file: encode(file.path)):
            old = contents.get(file.path)
            try:
                new = None if file.deleted else apply_edits(old or b"", file.edits, file.path)
            except EditError as error:
                raise Refused(str(error), file.path, _AGAIN, code="edit") from None
            if new is not None and blob_id(new, file.result) != file.result:
                raise Refused("the edits don't give what the plan says", file.path, _AGAIN, code="result")
            mode = self._entries.get(file.path, (NEW_FILE, ""))[0]
            changes.append(FileChange(file.path, mode, file.blob, old, new))
        return tuple(changes)

    def lay(self, changes: Iterable[FileChange]) -> None:
        """Put changes over the tree."""
        for change in changes:
            if change.new is None:
                self._entries.pop(change.path, None)
                self._laid.pop(change.path, None)
            else:
                like = change.old_blob or self.commit
                self._entries[change.path] = (change.mode, blob_id(change.new, like))
                self._laid[change.path] = change.new
