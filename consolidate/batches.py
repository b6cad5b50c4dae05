"""Files in batches, and what a process does with each: the work of `consolidate.scanning`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from consolidate.workers import Care
from planner.facts import FileFacts, Interest
from planner.graph import Loadings, loadings
from planner.hazards import is_risky
from planner.marks import Marks, marks
from planner.mentions import Mentions
from planner.named import Named, named
from planner.scan import ScanError, scan
from planner.scans import Question

BATCH = 400_000
"""Bytes of a batch: some hundred milliseconds of work, much more than it costs to send it to a process."""
SMALL = 80_000
"""Bytes of a batch where much waits for few files: all processes shall have some."""
LIGHT = 2_000_000
"""Bytes of a batch of files in which nothing but import statements is looked for: about as much work."""

Found = dict[str, FileFacts | str]
Value = TypeVar("Value")


class Batch(Struct, frozen=True):
    """Files to scan at once; one that is `risky` is alone."""

    interest: Interest
    files: tuple[tuple[str, bytes], ...]
    risky: bool = False


def scan_batch(batch: Batch) -> Found:
    """Scan the files of one batch; the work of a process."""
    result: Found = {}
    for path, data in batch.files:
        try:
            result[path] = scan(path, data, batch.interest)
        except ScanError as error:
            result[path] = str(error)
    return result


def load_batch(batch: Batch) -> dict[str, Loadings]:
    """Read the import statements of the files of one batch; the work of a process."""
    return {path: loadings(path, data) for path, data in batch.files}


def answer_batch(batch: tuple[Question, tuple[bytes, ...]]) -> list[str]:
    """Answer a question of each of the contents of one batch; the work of a process."""
    question, contents = batch
    return [question.answer(data) for data in contents]


def mark_batch(batch: tuple[Mentions, tuple[tuple[str, bytes], ...]]) -> list[Marks]:
    """Find the mentions in the texts of one batch; the work of a process."""
    mentions, files = batch
    return [marks(path, data, mentions) for path, data in files]


def name_batch(files: tuple[tuple[str, bytes], ...]) -> list[Named]:
    """Read the import statements of the files of one batch by their bytes; the work of a process."""
    return [named(data) for _, data in files]


def sized(files: Sequence[tuple[str, bytes]], most: int = BATCH) -> list[list[tuple[str, bytes]]]:
    """Return files in batches of some bytes each, in the same order."""
    found: list[list[tuple[str, bytes]]] = []
    size = most
    for path, data in files:
        if size >= most:
            found.append([])
            size = 0
        found[-1].append((path, data))
        size += len(data)
    return found


def batches(interest: Interest, contents: Mapping[str, bytes], most: int = BATCH) -> list[Batch]:
    """Return contents (by path) in batches of some bytes each, by path; those that are risky come last, each alone."""
    plain: list[tuple[str, bytes]] = []
    risky: list[Batch] = []
    for path in sorted(contents):
        if is_risky(contents[path]):
            risky.append(Batch(interest, ((path, contents[path]),), risky=True))
        else:
            plain.append((path, contents[path]))
    return [*(Batch(interest, tuple(batch)) for batch in sized(plain, most)), *risky]


def _parts(batch: Batch) -> list[Batch]:
    """Return the two halves of a batch, or the batch itself where it is one file."""
    middle = len(batch.files) // 2
    halves = (batch.files[:middle], batch.files[middle:])
    return [replace(batch, files=half) for half in halves if half]


def _joined(results: Sequence[dict[str, Value]]) -> dict[str, Value]:
    return {path: facts for result in results for path, facts in result.items()}


def _lost(batch: Batch, reason: str) -> Found:
    return {path: reason for path, _ in batch.files}


SCANNING: Care[Batch, Found] = Care(risky=lambda batch: batch.risky, lost=_lost, parts=_parts, joined=_joined)
LOADING: Care[Batch, dict[str, Loadings]] = Care(
    risky=lambda batch: batch.risky,
    lost=lambda batch, _: {path: () for path, _ in batch.files},
    parts=_parts,
    joined=_joined,
)
NAMING: Care[tuple[tuple[str, bytes], ...], list[Named]] = Care(
    risky=lambda batch: False, lost=lambda batch, _: name_batch(batch)
)
ASKING: Care[tuple[Question, tuple[bytes, ...]], list[str]] = Care(
    risky=lambda batch: False,
    lost=lambda batch, _: answer_batch(batch),  # what a parser may die of was tried before, and refused
)
MARKING: Care[tuple[Mentions, tuple[tuple[str, bytes], ...]], list[Marks]] = Care(
    risky=lambda batch: False,
    lost=lambda batch, _: mark_batch(batch),  # no parser is at work there: what is lost is the process, not the text
)
