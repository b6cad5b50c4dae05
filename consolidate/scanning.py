"""Scanning many files, in batches; the results do not depend on the number of processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from consolidate.cache.codec import Codec
from consolidate.workers import Care, Workers
from planner.contents import Blob, read
from planner.facts import NO_INTEREST, FileFacts, Interest
from planner.graph import Loadings, loadings
from planner.hazards import is_risky
from planner.keep import Kept, keep
from planner.marks import Marks, marks
from planner.mentions import Mentions
from planner.named import Named, named
from planner.scan import ScanError, scan
from planner.scans import Question

Progress = Callable[[str, int, int], None]

_BATCH = 400_000
"""Bytes of a batch: some hundred milliseconds of work, much more than it costs to send it to a process."""
_SMALL = 80_000
"""Bytes of a batch where much waits for few files: all processes shall have some."""
_LIGHT = 2_000_000
"""Bytes of a batch of files in which nothing but import statements is looked for: about as much work."""

Found = dict[str, FileFacts | str]


class Scanned(Struct, frozen=True):
    """What a scan gives: the facts of a file (without their path), or a reason."""

    reason: str
    facts: FileFacts | None = None


class _Staying(Struct, frozen=True):
    reason: str
    kept: Kept | None = None


_CODEC: Codec[Scanned] = Codec(Scanned)
_LOADINGS: Codec[Loadings] = Codec(Loadings)
_MARKS: Codec[Marks] = Codec(Marks)
_NAMED: Codec[Named] = Codec(Named)
_STAYING: Codec[_Staying] = Codec(_Staying)
Value = TypeVar("Value")


class Batch(Struct, frozen=True):
    """Files to scan at once; one that is `risky` is alone."""

    interest: Interest
    files: tuple[tuple[str, bytes], ...]
    risky: bool = False


class Scanner:
    """`planner.scans.Scans` by workers and their memo."""

    def __init__(self, workers: Workers, progress: Progress) -> None:
        self._workers, self._progress = workers, progress
        self._done = self._all = 0

    def ask(self, question: Question, blobs: Mapping[str, Blob]) -> dict[str, str]:
        """Return the answer of each of the contents, by path; contents that were asked before are not read."""
        return self._asking(question, blobs, lambda new: map(question.answer, new))()

    def begin_asking(self, question: Question, blobs: Mapping[str, Blob]) -> Callable[[], dict[str, str]]:
        """Begin what `ask` does, by all processes, and return what waits for it."""

        def answers(new: list[bytes]) -> Iterator[str]:
            batches = [(question, tuple(data for _, data in part)) for part in _sized([("", data) for data in new])]
            parts = self._workers.map(answer_batch, batches, sum(map(len, new)), _ASKING)
            return (answer for part in parts for answer in part)

        return self._asking(question, blobs, answers)

    def _asking(
        self, question: Question, blobs: Mapping[str, Blob], answers: Callable[[list[bytes]], Iterator[str]]
    ) -> Callable[[], dict[str, str]]:
        table = self._workers.memo.table(question.name)
        unknown = [blob for blob in blobs.values() if table.get(blob.id) is None]
        read(unknown)
        new = {blob.id: blob.data for blob in unknown}
        begun = answers(list(new.values()))

        def read_all() -> dict[str, str]:
            for name, answer in zip(new, begun, strict=True):
                table.put(name, answer)
            return {path: table.get(blob.id) or "" for path, blob in blobs.items()}

        return read_all

    def many(self, interest: Interest, blobs: Mapping[str, Blob]) -> dict[str, FileFacts | str]:
        """Return the facts of each file, or why it has none."""
        return self.begin(interest, blobs)()

    def begin(self, interest: Interest, blobs: Mapping[str, Blob]) -> Callable[[], dict[str, FileFacts | str]]:
        """Begin what `many` does, and return what waits for it."""

        def compute(contents: dict[str, bytes]) -> Iterator[Scanned]:
            self._all += len(contents)
            size = sum(map(len, contents.values()))
            return self._gathered(self._workers.map(scan_batch, _batches(interest, contents), size, _CARE), contents)

        begun = self._begun(_CODEC, "scan", blobs, compute, _wanted(interest), lasting=lambda data: not is_risky(data))

        def read_all() -> dict[str, FileFacts | str]:
            return {
                path: item.reason if item.facts is None else replace(item.facts, path=path)
                for path, item in begun().items()
            }

        return read_all

    def loadings(self, blobs: Mapping[str, Blob]) -> dict[str, Loadings]:
        """Return the import statements of each file that run when it is imported."""

        def compute(contents: dict[str, bytes]) -> dict[str, Loadings]:
            found: dict[str, Loadings] = {}
            size = sum(map(len, contents.values()))
            for part in self._workers.map(load_batch, _batches(NO_INTEREST, contents, _SMALL), size, _LOADING):
                found.update(part)
            return found

        return self._recalled(_LOADINGS, "loadings", blobs, compute)

    def keep(self, blob: Blob, wanted: frozenset[str], gone: frozenset[str], reserved: frozenset[str]) -> Kept | str:
        """Return which statements of a module stay beside its shim, or why they cannot."""
        asked = repr([sorted(names) for names in (wanted, gone, reserved)])

        def compute(contents: dict[str, bytes]) -> dict[str, _Staying]:
            [data] = contents.values()
            found = keep(data, wanted, gone, reserved)
            return {"": _Staying(found) if isinstance(found, str) else _Staying("", found)}

        found = self._recalled(_STAYING, "keep", {"": blob}, compute, asked)[""]
        return found.reason if found.kept is None else found.kept

    def marks(self, mentions: Mentions, blobs: Mapping[str, Blob]) -> Callable[[], dict[str, Marks]]:
        """Begin to find the mentions in the text of each file, and return what waits for them."""

        def compute(contents: dict[str, bytes]) -> Iterator[Marks]:
            batches = [(mentions, tuple(part)) for part in _sized(list(contents.items()))]
            size = sum(map(len, contents.values()))
            parts: Iterator[list[Marks]] = self._workers.map(mark_batch, batches, size, _MARKING)
            return chain.from_iterable(parts)

        return self._begun(_MARKS, "marks", blobs, compute, mentions.sought, by_path=True)

    def named(self, blobs: Mapping[str, Blob]) -> dict[str, Named]:
        """Return what the import statements of each file name."""

        def compute(contents: dict[str, bytes]) -> dict[str, Named]:
            batches = [tuple(part) for part in _sized(list(contents.items()), _LIGHT)]
            size = sum(map(len, contents.values())) * _BATCH // _LIGHT
            parts: Iterator[list[Named]] = self._workers.map(name_batch, batches, size, _NAMING)
            return dict(zip(contents, chain.from_iterable(parts), strict=True))

        return self._recalled(_NAMED, "named", blobs, compute)

    def shallow(self, path: str, blob: Blob, *, deep: bool) -> FileFacts | str:
        """Return what a file offers, if `deep` with definitions, or why it cannot be told."""
        memo = self._workers.memo

        def compute(_: Sequence[int]) -> Iterator[Scanned]:
            try:
                yield _scanned(scan(path, blob.data, NO_INTEREST, with_definitions=deep, shallow=True))
            except ScanError as error:
                yield Scanned(str(error))

        [found] = memo.results(_CODEC, [memo.key("shallow", str(deep), blob.id)], compute)
        return found.reason if found.facts is None else replace(found.facts, path=path)

    def _recalled(
        self,
        codec: Codec[Value],
        kind: str,
        blobs: Mapping[str, Blob],
        compute: Callable[[dict[str, bytes]], Mapping[str, Value]],
        wanted: str = "",
        *,
        lasting: Callable[[bytes], bool] = lambda _: True,
    ) -> dict[str, Value]:
        """Return what `compute` gives of the contents, by path; see `_begun`."""

        def in_order(contents: dict[str, bytes]) -> Iterator[Value]:
            found = compute(contents)
            return (found[path] for path in contents)

        return self._begun(codec, kind, blobs, in_order, wanted, lasting=lasting)()

    def _begun(
        self,
        codec: Codec[Value],
        kind: str,
        blobs: Mapping[str, Blob],
        compute: Callable[[dict[str, bytes]], Iterator[Value]],
        wanted: str = "",
        *,
        by_path: bool = False,
        lasting: Callable[[bytes], bool] = lambda _: True,
    ) -> Callable[[], dict[str, Value]]:
        """Return what waits for that which `compute` gives of contents, in their order; what is known is not read.

        It depends on `wanted` as well, and on the path where `by_path`. Of contents that are not `lasting` nothing is
        remembered.
        """
        memo, paths = self._workers.memo, sorted(blobs)
        base = memo.key(kind, wanted)
        keys = [memo.key(kind, base, path if by_path else "", blobs[path].id) for path in paths]

        def missing(todo: Sequence[int]) -> Iterator[Value]:
            read(blobs[paths[index]] for index in todo)
            return compute({paths[index]: blobs[paths[index]].data for index in todo})

        values = memo.begun(codec, keys, missing, lambda index: lasting(blobs[paths[index]].data))
        return lambda: dict(zip(paths, values(), strict=True))

    def _gathered(self, parts: Iterator[Found], contents: Mapping[str, bytes]) -> Iterator[Scanned]:
        """Yield what the batches of a scan gave, in the order of the contents."""
        result: Found = {}
        for found in parts:
            result.update(found)
            self._done += len(found)
            self._progress("scan", self._done, self._all)
        for path in contents:
            yield _scanned(result[path])


def _scanned(found: FileFacts | str) -> Scanned:
    """Return what a scan gave; whose facts they are is told when they are recalled, by any path of the contents."""
    return Scanned(found) if isinstance(found, str) else Scanned("", replace(found, path=""))


def _wanted(interest: Interest) -> str:
    """Return an interest as text, the same for the same one."""
    return repr([sorted(getattr(interest, name)) for name in Interest.__struct_fields__])


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


def _sized(files: Sequence[tuple[str, bytes]], most: int = _BATCH) -> list[list[tuple[str, bytes]]]:
    """Return files in batches of some bytes each, in the same order."""
    batches: list[list[tuple[str, bytes]]] = []
    size = most
    for path, data in files:
        if size >= most:
            batches.append([])
            size = 0
        batches[-1].append((path, data))
        size += len(data)
    return batches


def _batches(interest: Interest, contents: Mapping[str, bytes], most: int = _BATCH) -> list[Batch]:
    plain: list[tuple[str, bytes]] = []
    risky: list[Batch] = []
    for path in sorted(contents):
        if is_risky(contents[path]):
            risky.append(Batch(interest, ((path, contents[path]),), risky=True))
        else:
            plain.append((path, contents[path]))
    return [*(Batch(interest, tuple(batch)) for batch in _sized(plain, most)), *risky]


def _parts(batch: Batch) -> list[Batch]:
    """Return the two halves of a batch, or the batch itself where it is one file."""
    middle = len(batch.files) // 2
    halves = (batch.files[:middle], batch.files[middle:])
    return [replace(batch, files=half) for half in halves if half]


def _joined(results: Sequence[dict[str, Value]]) -> dict[str, Value]:
    return {path: facts for result in results for path, facts in result.items()}


def _lost(batch: Batch, reason: str) -> Found:
    return {path: reason for path, _ in batch.files}


_CARE: Care[Batch, Found] = Care(risky=lambda batch: batch.risky, lost=_lost, parts=_parts, joined=_joined)
_LOADING: Care[Batch, dict[str, Loadings]] = Care(
    risky=lambda batch: batch.risky,
    lost=lambda batch, _: {path: () for path, _ in batch.files},
    parts=_parts,
    joined=_joined,
)
_NAMING: Care[tuple[tuple[str, bytes], ...], list[Named]] = Care(
    risky=lambda batch: False, lost=lambda batch, _: name_batch(batch)
)
_ASKING: Care[tuple[Question, tuple[bytes, ...]], list[str]] = Care(
    risky=lambda batch: False, lost=lambda batch, _: answer_batch(batch)
)
_MARKING: Care[tuple[Mentions, tuple[tuple[str, bytes], ...]], list[Marks]] = Care(
    risky=lambda batch: False,
    lost=lambda batch, _: mark_batch(batch),  # no parser is at work there: what is lost is the process, not the text
)
