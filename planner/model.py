"""The values that flow from the inventory to the commit: `Inventory -> Plan -> ChangeSet`.

Every class is a frozen record that holds tuples, so a value can be compared, hashed, pickled to a worker and
written to a plan file. Conventions that hold for every field here: a path is relative to the repository's root with
`/` between its parts (bytes that are not UTF-8 stand as surrogate escapes, PEP 383); a line is 1-based, a column is
0-based and counts bytes of the file; a span is half-open and counts bytes of the file, a byte order mark included;
source text is held as `str` decoded with UTF-8 and `surrogateescape`, which gives back the exact bytes of any file.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import ClassVar, NamedTuple

from msgspec import Struct, field

from planner.agreement import Addition, EngineContract, Member


def decode(data: bytes) -> str:
    """Return bytes as the text that a plan holds; `encode` gives back exactly the same bytes."""
    return data.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """Return the bytes that `decode` made the text from."""
    return text.encode("utf-8", "surrogateescape")


def blob_id(data: bytes, like: str = "") -> str:
    """Return git's object id of a blob with these contents, as hexadecimal digits.

    `like` is any object id of the same repository: its length tells SHA-1 (40) from SHA-256 (64).
    Source: gitformat-loose(5), "blob <size>NUL<contents>".
    """
    algorithm = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return algorithm(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


class Action(StrEnum):
    """What becomes of a reference."""

    REWRITTEN = "rewritten"
    MANUAL = "manual"
    LEFT = "left"


class Risk(StrEnum):
    """How likely an edit is to change what the program does, from facts that the plan prints."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class ShimKind(StrEnum):
    """What stays at a legacy path (contract.md, "The contract gate")."""

    ALIAS = "alias"
    ADAPTER = "adapter"
    WARN = "warn"
    NONE = "none"


class Symbol(NamedTuple):
    """A symbol, written `package.module:Name`, or a whole module, written `package.module` (then `name` is empty)."""

    module: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.module}:{self.name}" if self.name else self.module

    @property
    def dotted(self) -> str:
        """The symbol as one dotted name, as an import statement or a patch target spells it."""
        return f"{self.module}.{self.name}" if self.name else self.module

    @property
    def last(self) -> str:
        """The last segment: the name that an importer binds."""
        return self.dotted.rpartition(".")[2]


class Reference(Struct, frozen=True):
    """One place in the repository that names an engine, and what becomes of it.

    `engine` is the id of an engine, `form` one of `planner.forms.FORMS`, `text` the source that names it (one line),
    `reason` empty only where the reference is rewritten without a remark, `phase` the number of the phase that
    rewrites it, `new` what it is rewritten to.
    """

    path: str
    line: int
    column: int
    engine: str
    form: str
    action: Action
    text: str
    new: str = ""
    reason: str = ""
    phase: int | None = None
    risk: Risk = Risk.LOW


class Edit(Struct, frozen=True, order=True):
    """A replacement of one span: bytes `start` to `end` must hold `old` and will hold `new`."""

    start: int
    end: int
    old: str
    new: str
    codemod: str
    line: int = 0


class FileEdit(Struct, frozen=True):
    """All edits of one file in one phase.

    `blob` is the object id that the file must have before ("" for a file that the phase creates), `result` the object
    id that it has afterwards ("" for a file that the phase deletes). Edits are sorted and do not overlap.

    The rest is what the proof may take for granted: `renames` are pairs of dotted names, old and new, for names that
    imports bind and for whole modules; `strings` are pairs of whole string values; `stars` are the names that a star
    import of a module brought in; `calls` pairs dotted names with the id of the engine by whose rule their calls go.

    `unproved` are the codemods of the user's own (`package.module:Command`) whose edits here nothing proves: they do
    more than change the layout.
    """

    path: str
    blob: str
    result: str
    edits: tuple[Edit, ...] = ()
    created: bool = False
    deleted: bool = False
    renames: tuple[tuple[str, str], ...] = ()
    strings: tuple[tuple[str, str], ...] = ()
    stars: tuple[tuple[str, tuple[str, ...]], ...] = ()
    calls: tuple[tuple[str, str], ...] = ()
    unproved: tuple[str, ...] = ()
    LATER: ClassVar[tuple[str, ...]] = ("unproved",)
    """Fields that a plan file has only where they differ from their default: another version has none of them."""


class EditError(ValueError):
    """An edit does not fit the file that it is applied to: nothing may be written."""


def apply_edits(data: bytes, edits: tuple[Edit, ...], where: str = "") -> bytes:
    """Return `data` with the edits made. Raises EditError where an edit overlaps another or finds other bytes."""
    parts: list[bytes] = []
    position = 0
    for edit in sorted(edits):
        if edit.start < position:
            raise EditError(f"edits overlap at byte {edit.start} of {where or 'the file'}")
        if data[edit.start : edit.end] != encode(edit.old):
            raise EditError(f"byte {edit.start} of {where or 'the file'} does not hold {edit.old[:60]!r}")
        parts += (data[position : edit.start], encode(edit.new))
        position = edit.end
    parts.append(data[position:])
    return b"".join(parts)


class Skipped(Struct, frozen=True):
    """A file that was not read or not understood, and why."""

    path: str
    reason: str


class FileRisk(Struct, frozen=True):
    """The risk of what one phase does to one file, with its facts (`planner.risk`).

    `forms` counts what is rewritten in it, `facts` names what raises the risk, `importers` is how many files import it,
    `tests` how many test files reach it (both are 0 for a test, and for a file that is no Python).
    """

    path: str
    risk: Risk
    forms: tuple[tuple[str, int], ...] = ()
    facts: tuple[str, ...] = ()
    importers: int = 0
    tests: int = 0


class Phase(Struct, frozen=True):
    """A set of edits that becomes exactly one commit. `number` is 1-based.

    `unproved` are files whose edits failed the proof: they are left, and the phase is refused unless the user says so.
    """

    number: int
    title: str
    codemods: tuple[str, ...]
    files: tuple[FileEdit, ...]
    risk: Risk = Risk.LOW
    notes: tuple[str, ...] = ()
    unproved: tuple[Skipped, ...] = ()
    risk_facts: tuple[FileRisk, ...] = ()


class EnginePlan(Struct, frozen=True):
    """One engine as the plan sees it.

    `path` is the file of its module at the planned commit ("" where the commit no longer has it), `importers` the
    sorted paths of files that import it, `references` counts by action, `contract` what its importers use and how the
    replacement compares, `call` the two sides of its call rule (empty strings where it has none).
    """

    id: str
    legacy: Symbol
    replacement: Symbol
    path: str
    shim: ShimKind
    mode: str
    importers: tuple[str, ...]
    references: tuple[tuple[str, int], ...]
    contract: EngineContract = field(default_factory=EngineContract)
    call: tuple[str, str] = ("", "")
    notes: tuple[str, ...] = ()

    @property
    def lacking(self) -> tuple[Member, ...]:
        """The members that importers use and the replacement lacks or has differently."""
        return self.contract.lacking


class Plan(Struct, frozen=True):
    """Everything that `apply` will do, and everything that it leaves.

    `scanned` counts the files that the configuration includes: `changed` + `unchanged` + `len(skipped)`. `additions`
    tells what the replacements lack over all engines, most used first.
    """

    commit: str
    migration: str
    config_sha256: str
    target: Symbol
    engines: tuple[EnginePlan, ...]
    references: tuple[Reference, ...]
    phases: tuple[Phase, ...]
    skipped: tuple[Skipped, ...]
    additions: tuple[Addition, ...] = ()
    scanned: int = 0
    changed: int = 0
    unchanged: int = 0
    notes: tuple[str, ...] = ()
    source_roots: tuple[str, ...] = (".",)
    tool: str = ""
    digest: str = ""


class FileChange(Struct, frozen=True):
    """One file of a ChangeSet: `old` and `new` are contents, None where the file does not exist on that side."""

    path: str
    mode: str
    old_blob: str
    old: bytes | None
    new: bytes | None


class ChangeSet(Struct, frozen=True):
    """What one commit changes: the input of the git step. `base` is the commit that the changes were made for."""

    base: str
    message: str
    files: tuple[FileChange, ...]
