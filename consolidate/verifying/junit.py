"""JUnit XML reports, read with suspicion: they are as long, as deep and as strange as the tests that wrote them.

There is no standard; this reads what pytest (families xunit1 and xunit2), unittest-xml-reporting, nose2, Surefire and
their like write: `testcase` elements, wherever they are, with `failure`, `error` and `skipped` in them.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from xml.parsers import expat

from msgspec import Struct

LARGEST = 64_000_000  # bytes of one report
DEEPEST = 200  # elements within elements
_TEXT = 20_000  # characters kept of one failure's text
_MESSAGE = 300  # characters of a message


class Outcome(StrEnum):
    """What became of a test. The later ones win where a report has a test twice (it passes, and its teardown fails)."""

    SKIPPED = "skipped"
    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"


_RANK = {outcome: rank for rank, outcome in enumerate(Outcome)}
_ELEMENTS = {"failure": Outcome.FAILED, "error": Outcome.ERROR, "skipped": Outcome.SKIPPED}


class Case(Struct, frozen=True):
    """One test: its name (`tests/test_x.py::TestA::test_b[1]`), outcome, and the line that says why it failed.

    `collected` is False for an entry that stands for a file which could not be collected or was skipped as a whole.
    """

    name: str
    outcome: Outcome
    message: str = ""
    collected: bool = True

    @property
    def bad(self) -> bool:
        """Whether it failed, in itself or around itself."""
        return self.outcome in (Outcome.FAILED, Outcome.ERROR)


class ReportError(ValueError):
    """A report cannot be read; the text says why."""


def read_reports(files: Iterable[Path], root: Path) -> dict[str, Case]:
    """Return the tests of some reports by name. `root` is where the tests ran. Raises ReportError naming the file."""
    found: dict[str, Case] = {}
    budget = 4 * LARGEST
    for file in files:
        try:
            data = _bounded(file)
            budget -= len(data)
            if budget < 0:
                raise ReportError(f"the reports together are larger than {4 * LARGEST:,} bytes")
            merge(found, parse(data, root))
        except ReportError as error:
            raise ReportError(f"{file.name}: {error}") from None
    return found


def parse(data: bytes, root: Path = Path("/")) -> tuple[Case, ...]:
    """Return the tests of one report, in its order. Raises ReportError."""
    reader = _Reader(str(root))
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _no_entities
    try:
        # In one piece: fed bit by bit, old versions of expat read a long token again and again.
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ReportError(f"not XML: {error}") from None
    return tuple(reader.cases)


def merge(found: dict[str, Case], cases: Iterable[Case]) -> None:
    """Add tests; of one that is there already, the worse outcome stays."""
    for case in cases:
        known = found.get(case.name)
        if known is None or _RANK[case.outcome] > _RANK[known.outcome]:
            found[case.name] = case


def _bounded(file: Path) -> bytes:
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise ReportError("not a file")
            if status.st_size > LARGEST:
                raise ReportError(f"larger than {LARGEST:,} bytes")
            return stream.read(LARGEST)
    except OSError as error:
        raise ReportError(error.strerror or "unreadable") from None


def _no_entities(*_: object) -> None:
    raise ReportError("it declares entities")


class _Reader:
    """Collects the tests while expat reads."""

    def __init__(self, root: str) -> None:
        self.cases: list[Case] = []
        self._root = root.rstrip("/") + "/"
        self._depth = 0
        self._case: dict[str, str] | None = None
        self._case_depth = 0
        self._outcome = Outcome.PASSED
        self._reason: dict[str, str] = {}
        self._text: list[str] | None = None
        self._why = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ReportError(f"elements more than {DEEPEST} deep")
        name = name.rpartition(":")[2]
        if name == "testcase":
            self._case, self._case_depth = attributes, self._depth
            self._outcome, self._reason, self._why = Outcome.PASSED, {}, ""
        elif self._case is not None and self._depth == self._case_depth + 1 and name in _ELEMENTS:
            outcome = _ELEMENTS[name]
            if self._outcome is Outcome.PASSED or _RANK[outcome] > _RANK[self._outcome]:
                self._outcome, self._reason, self._text = outcome, attributes, []

    def text(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)
            if len(self._text) > 64:
                self._text = ["".join(self._text)[-_TEXT:]]

    def end(self, _: str) -> None:
        if self._text is not None and self._depth == self._case_depth + 1:
            self._why = _message(self._reason.get("message", ""), "".join(self._text)[-_TEXT:])
            self._text = None
        if self._case is not None and self._depth == self._case_depth:
            self.cases.append(
                Case(_name(self._case, self._root), self._outcome, self._why, collected=_is_test(self._case))
            )
            self._case = None
        self._depth -= 1


def _name(case: Mapping[str, str], root: str) -> str:
    """Return a test's name: as pytest writes it where the report names the file, else class and name."""
    file, name = case.get("file", "").removeprefix(root), case.get("name", "")
    inner = case.get("classname", "")
    if file:
        module = file.removesuffix(".py").replace("/", ".")
        inner = inner.removeprefix(module).strip(".").replace(".", "::")
    return "::".join(part for part in (file, inner, name) if part)


def _is_test(case: Mapping[str, str]) -> bool:
    return bool(case.get("classname") or case.get("file"))


def _message(message: str, text: str) -> str:
    """Return the one line that says why: of pytest's messages the first, of a traceback the last."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    told = [line.strip() for line in text.splitlines() if line.strip()]
    marked = [line[2:].strip() for line in told if line.startswith("E  ")]
    if lines and lines[0] not in ("collection failure", "collection skipped"):
        chosen = lines[-1] if lines[0].startswith("Traceback ") else lines[0]
        if chosen.startswith("failed on ") and marked:
            chosen = f"{chosen.split(' with ')[0]}: {marked[-1]}"
    else:
        chosen = (marked or told or lines or [""])[-1]
    return chosen[:_MESSAGE]
