"""Scanning many files, in batches; the results do not depend on the number of processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from consolidate.cache.codec import Codec
from consolidate.workers import Care, Workers
from planner.facts import FileFacts, Interest
from planner.hazards import is_risky
from planner.scan import ScanError, scan

Progress = Callable[[str, int, int], None]

_BATCH = 400_000
"""Bytes of a batch: some hundred milliseconds of work, much more than it costs to send it to a process."""

Found = dict[str, FileFacts | str]


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan gives: the facts of a file (their path may be another one with the same contents), or a reason."""

    reason: str
    facts: FileFacts | None = None


_CODEC: Codec[Scanned] = Codec(Scanned)


@dataclass(frozen=True, slots=True)
class Batch:
    """Files to scan at once; one that is `risky` is alone."""

    interest: Interest
    files: tuple[tuple[str, bytes], ...]
    risky: bool = False


class Scanner:
    """`planner.survey.ScanMany` by workers."""

    def __init__(self, workers: Workers, progress: Progress) -> None:
        self._workers, self._progress = workers, progress

    def __call__(self, interest: Interest, contents: Mapping[str, bytes]) -> dict[str, FileFacts | str]:
        """Return the facts of each file, or why it has none."""
        paths = sorted(contents)
        memo, wanted = self._workers.memo, _wanted(interest)
        keys = [None if is_risky(contents[path]) else memo.key("scan", wanted, contents[path]) for path in paths]

        def compute(todo: Sequence[int]) -> Iterator[Scanned]:
            found = self._scan(interest, {paths[index]: contents[paths[index]] for index in todo})
            for index in todo:
                facts = found[paths[index]]
                yield Scanned("", facts) if isinstance(facts, FileFacts) else Scanned(facts)

        results = zip(paths, memo.results(_CODEC, keys, compute), strict=True)
        return {path: item.reason if item.facts is None else replace(item.facts, path=path) for path, item in results}

    def _scan(self, interest: Interest, contents: Mapping[str, bytes]) -> Found:
        result: Found = {}
        batches = _batches(interest, contents)
        for found in self._workers.map(scan_batch, batches, sum(map(len, contents.values())), _CARE):
            result.update(found)
            self._progress("scan", len(result), len(contents))
        return result


def _wanted(interest: Interest) -> str:
    """Return an interest as text, the same for the same one."""
    return repr([sorted(getattr(interest, field.name)) for field in fields(Interest)])


def scan_batch(batch: Batch) -> Found:
    """Scan the files of one batch; the work of a process."""
    result: Found = {}
    for path, data in batch.files:
        try:
            result[path] = scan(path, data, batch.interest)
        except ScanError as error:
            result[path] = str(error)
    return result


def _batches(interest: Interest, contents: Mapping[str, bytes]) -> list[Batch]:
    batches: list[list[tuple[str, bytes]]] = []
    risky: list[Batch] = []
    size = _BATCH
    for path in sorted(contents):
        if is_risky(contents[path]):
            risky.append(Batch(interest, ((path, contents[path]),), risky=True))
            continue
        if size >= _BATCH:
            batches.append([])
            size = 0
        batches[-1].append((path, contents[path]))
        size += len(contents[path])
    return [*(Batch(interest, tuple(batch)) for batch in batches), *risky]


def _parts(batch: Batch) -> list[Batch]:
    """Return the two halves of a batch, or the batch itself where it is one file."""
    middle = len(batch.files) // 2
    halves = (batch.files[:middle], batch.files[middle:])
    return [replace(batch, files=half) for half in halves if half]


def _joined(results: Sequence[Found]) -> Found:
    return {path: facts for result in results for path, facts in result.items()}


def _lost(batch: Batch, reason: str) -> Found:
    return {path: reason for path, _ in batch.files}


_CARE = Care(risky=lambda batch: batch.risky, lost=_lost, parts=_parts, joined=_joined)
