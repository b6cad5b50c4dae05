"""Examining a file once more, with other contents than the commit has: as it will be, or would be."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from planner.contents import Blob
from planner.examine import Examiner
from planner.facts import FileFacts, Interest
from planner.found import Found, FoundFile


class Rereader(Struct, frozen=True):
    """Gives the references of a file with the contents that it is shown, as the survey would; None if it reads none."""

    scan_many: Callable[[Interest, Mapping[str, Blob]], Mapping[str, FileFacts | str]]
    interest: Interest
    examiner: Examiner

    def __call__(self, path: str, data: bytes) -> FoundFile | None:
        """Return the inventory of the file."""
        facts = self.scan_many(self.interest, {path: Blob(data)})[path]
        if not isinstance(facts, FileFacts):
            return None
        file = self.examiner.examine(facts)
        return replace(file, references=self.of_others(file))

    @staticmethod
    def of_others(file: FoundFile) -> list[Found]:
        """Return the references of a file: what a legacy module or a shim says of itself is no reference to it."""
        return [item for item in file.references if item.key.module != file.module]
