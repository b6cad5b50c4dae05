"""Scanning many files, in batches; the results do not depend on the number of processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from consolidate.workers import Workers
from planner.facts import FileFacts, Interest
from planner.scan import ScanError, scan

Progress = Callable[[str, int, int], None]

_BATCH = 400_000
"""Bytes of a batch: some hundred milliseconds of work, much more than it costs to send it to a process."""

Batch = tuple[Interest, tuple[tuple[str, bytes], ...]]


class Scanner:
    """`planner.survey.ScanMany` by workers."""

    def __init__(self, workers: Workers, progress: Progress) -> None:
        self._workers, self._progress = workers, progress

    def __call__(self, interest: Interest, contents: Mapping[str, bytes]) -> dict[str, FileFacts | str]:
        """Return the facts of each file, or why it has none."""
        result: dict[str, FileFacts | str] = {}
        batches = _batches(interest, contents)
        for found in self._workers.map(scan_batch, batches, sum(map(len, contents.values()))):
            result.update(found)
            self._progress("scan", len(result), len(contents))
        return result


def scan_batch(batch: Batch) -> dict[str, FileFacts | str]:
    """Scan the files of one batch; the work of a process."""
    interest, files = batch
    result: dict[str, FileFacts | str] = {}
    for path, data in files:
        try:
            result[path] = scan(path, data, interest)
        except ScanError as error:
            result[path] = str(error)
    return result


def _batches(interest: Interest, contents: Mapping[str, bytes]) -> list[Batch]:
    batches: list[list[tuple[str, bytes]]] = []
    size = _BATCH
    for path in sorted(contents):
        if size >= _BATCH:
            batches.append([])
            size = 0
        batches[-1].append((path, contents[path]))
        size += len(contents[path])
    return [(interest, tuple(batch)) for batch in batches]
