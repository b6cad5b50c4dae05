"""Scanning many files, in batches; the results do not depend on the number of processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from consolidate.batches import (
    ASKING,
    BATCH,
    LIGHT,
    LOADING,
    MARKING,
    NAMING,
    SCANNING,
    SMALL,
    Found,
    answer_batch,
    batches,
    load_batch,
    mark_batch,
    name_batch,
    scan_batch,
    sized,
)
from consolidate.cache.codec import Codec
from consolidate.workers import Workers
from planner.contents import Blob, read
from planner.facts import NO_INTEREST, FileFacts, Interest
from planner.graph import Loadings
from planner.hazards import is_risky
from planner.keep import Kept, keep
from planner.marks import Marks
from planner.mentions import Mentions
from planner.named import Named
from planner.scan import ScanError, scan
from planner.scans import Question

Progress = Callable[[str, int, int], None]


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
            parts = [(question, tuple(data for _, data in part)) for part in sized([("", data) for data in new])]
            found = self._workers.map(answer_batch, parts, sum(map(len, new)), ASKING)
            return (answer for part in found for answer in part)

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
            return self._gathered(self._workers.map(scan_batch, batches(interest, contents), size, SCANNING), contents)

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
            for part in self._workers.map(load_batch, batches(NO_INTEREST, contents, SMALL), size, LOADING):
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
            parts = [(mentions, tuple(part)) for part in sized(list(contents.items()))]
            size = sum(map(len, contents.values()))
            found: Iterator[list[Marks]] = self._workers.map(mark_batch, parts, size, MARKING)
            return chain.from_iterable(found)

        return self._begun(_MARKS, "marks", blobs, compute, mentions.sought, by_path=True)

    def named(self, blobs: Mapping[str, Blob]) -> dict[str, Named]:
        """Return what the import statements of each file name."""

        def compute(contents: dict[str, bytes]) -> dict[str, Named]:
            parts = [tuple(part) for part in sized(list(contents.items()), LIGHT)]
            size = sum(map(len, contents.values())) * BATCH // LIGHT
            found: Iterator[list[Named]] = self._workers.map(name_batch, parts, size, NAMING)
            return dict(zip(contents, chain.from_iterable(found), strict=True))

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
