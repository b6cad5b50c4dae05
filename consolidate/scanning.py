"""Scanning many files, on all cores where that saves time; the results do not depend on the number of processes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor

from planner.facts import FileFacts, Interest
from planner.scan import ScanError, scan

Progress = Callable[[str, int, int], None]

_BATCH = 400_000
"""Bytes of a batch: some hundred milliseconds of work, much more than it costs to send it to a process."""
_WORTH = 3_000_000
"""Bytes from which a pool of processes saves more time than starting it costs."""

Batch = tuple[tuple[str, bytes], ...]


class Scanner:
    """`planner.survey.ScanMany` with `jobs` processes."""

    def __init__(self, jobs: int, progress: Progress) -> None:
        self._jobs, self._progress = max(1, jobs), progress

    def __call__(self, interest: Interest, contents: Mapping[str, bytes]) -> dict[str, FileFacts | str]:
        """Return the facts of each file, or why it has none."""
        batches = _batches(contents)
        total, done = len(contents), 0
        result: dict[str, FileFacts | str] = {}
        size = sum(map(len, contents.values()))
        if self._jobs == 1 or size < _WORTH:
            for batch in batches:
                result.update(scan_batch(interest, batch))
                done += len(batch)
                self._progress("scan", done, total)
            return result
        with ProcessPoolExecutor(self._jobs) as pool:
            for batch, found in zip(batches, pool.map(scan_batch, [interest] * len(batches), batches), strict=True):
                result.update(found)
                done += len(batch)
                self._progress("scan", done, total)
        return result


def scan_batch(interest: Interest, batch: Batch) -> dict[str, FileFacts | str]:
    """Scan the files of one batch; the work of a process."""
    result: dict[str, FileFacts | str] = {}
    # Syntax trees hold no cycles worth collecting, and the collector would walk them again and again.
    enabled = gc.isenabled()
    gc.disable()
    try:
        for path, data in batch:
            try:
                result[path] = scan(path, data, interest)
            except ScanError as error:
                result[path] = str(error)
    finally:
        if enabled:
            gc.enable()
    return result


def _batches(contents: Mapping[str, bytes]) -> list[Batch]:
    batches: list[list[tuple[str, bytes]]] = []
    size = _BATCH
    for path in sorted(contents):
        if size >= _BATCH:
            batches.append([])
            size = 0
        batches[-1].append((path, contents[path]))
        size += len(contents[path])
    return [tuple(batch) for batch in batches]
