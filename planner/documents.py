"""Documents and settings files: where they name an engine, and which of those names can follow with certainty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from planner.blocks import Told, told
from planner.decision import Decision, Rename
from planner.embedded import Embedded, Piece
from planner.legacy import Legacy
from planner.marks import Mark, marks
from planner.mentions import Mention, Mentions
from planner.model import Action, Reference, Symbol, decode, encode
from planner.risk import risk_of


class Document(Struct, frozen=True):
    """The references of one document, and what the text phase does in it.

    `renames` are spans in bytes; `decision` is what becomes of the Python in its code blocks, the module `blocks`.
    """

    path: str
    references: tuple[Reference, ...]
    renames: tuple[Rename, ...]
    blocks: Embedded | None = None
    decision: Decision | None = None

    @property
    def moves(self) -> tuple[tuple[str, str], ...]:
        """The pairs of dotted names, old and new, that its edits may exchange."""
        texts = {(item.old.replace(":", "."), item.new.replace(":", ".")) for item in self.renames}
        return tuple(sorted(texts | set(self.decision.proof_renames if self.decision is not None else ())))

    @property
    def strings(self) -> tuple[tuple[str, str], ...]:
        """The pairs of texts, old and new, that its edits may exchange."""
        texts = {(item.old, item.new) for item in self.renames}
        return tuple(sorted(texts | set(self.decision.proof_strings if self.decision is not None else ())))


class Inside(Struct, frozen=True):
    """The Python inside of a file, with its decision (None where it refers to no engine), and texts to look into.

    `why` says why a mention that is not in the Python stays ("" for a document, whose own text is rewritten). `clashes`
    are the symbols that stay in this document, each with the reason.
    """

    code: Embedded | None = None
    decision: Decision | None = None
    texts: tuple[Piece, ...] = ()
    why: str = ""
    clashes: Mapping[Symbol, str] = field(default_factory=dict)


COMMENTED = "comments are listed, not edited"
"""Why a mention in a comment of a document or a settings file stays."""

_FORMS = {"dotted": "text-dotted", "path": "text-path", "name": "text"}
_FOR_A_READER = "a mention in text, for a reader to judge"
_NOTHING = Inside()
_ENOUGH = 100_000  # mentions of a refused file that are looked at


def read_document(
    path: str,
    data: bytes,
    legacy: Legacy,
    mentions: Mentions,
    inside: Inside = _NOTHING,
    *,
    code_is_listed: bool = True,
    found: tuple[Mark, ...] | None = None,
) -> Document:
    """Return what a document says of the engines. Only a dotted name of a mapped symbol is renamed, and its Python.

    `found` are the marks of its text, where they are known already.
    The references of that Python are the document's own where `code_is_listed`, else they are listed elsewhere (a
    notebook's are).
    """
    references: list[Reference] = []
    renames: list[Rename] = []
    known = found if found is not None else marks(path, data, mentions).found
    listed = told(inside.code, inside.decision) if inside.code is not None and inside.decision is not None else Told()
    for mark in (*known, *_inner(data, mentions, inside.texts, {mark.offset for mark in known})):
        mention, line, column, offset = mark.mention, mark.line, mark.column, mark.offset
        if inside.code is not None and (within := inside.code.line_at(offset)):
            if listed.covers(within, mention, legacy):
                continue
            full = mention.kind == "dotted" and mention.name
            new, reason = "", "it stands in Python that does not import it" if full else _FOR_A_READER
        elif mark.hidden:
            new, reason = "", COMMENTED
        elif inside.code is not None and any(first <= offset < last for first, last, _, _ in inside.code.opaque):
            new, reason = "", "it stands in code that is no Python as it stands"
        else:
            new, reason = _fate(mention, legacy, inside)
        if new:
            renames.append(Rename(offset, offset + len(encode(mention.text)), mention.text, new, line))
        form = _FORMS[mention.kind]
        references.append(
            Reference(
                path=path,
                line=line,
                column=column,
                engine=legacy.modules[mention.module].engine_of(mention.name).id,
                form=form,
                action=Action.REWRITTEN if new else Action.LEFT,
                text=mention.text,
                new=new,
                reason=reason,
                risk=risk_of(form),
            )
        )
    if inside.code is not None and inside.decision is not None and code_is_listed:
        references += (replace(item, form="text-code") for item in placed(inside.decision, inside.code).references)
        return Document(path, tuple(references), tuple(renames), inside.code, inside.decision)
    return Document(path, tuple(references), tuple(renames))


def _inner(data: bytes, mentions: Mentions, texts: tuple[Piece, ...], known: set[int]) -> Iterator[Mark]:
    """Yield the mentions in texts that the file writes with escapes, those at the known offsets left out."""
    for piece in texts:
        for mention in mentions.find(piece.text):
            offset = piece.starts[mention.start]
            if offset not in known:
                column = offset - data.rfind(b"\n", 0, offset) - 1
                yield Mark(mention, data.count(b"\n", 0, offset) + 1, column, offset, hidden=False)


def _fate(mention: Mention, legacy: Legacy, inside: Inside) -> tuple[str, str]:
    """Return the new text of a mention ("" where it stays) and the reason why it stays."""
    if mention.kind == "path":
        return "", "a file's path, valid as long as the shim stays"
    if mention.kind == "name" or not mention.name:
        return "", _FOR_A_READER
    if inside.why:
        return "", inside.why
    destination = legacy.destination(mention.module, mention.name)
    if destination.symbol is None:
        return "", destination.reason
    clash = inside.clashes.get(Symbol(mention.module, mention.name), "")
    if clash:
        return "", clash
    separator = ":" if ":" in mention.text else "."
    return f"{destination.symbol.module}{separator}{destination.symbol.name}", ""


def placed(decision: Decision, code: Embedded) -> Decision:
    """Return a decision whose references tell lines and columns of the file instead of the module in it."""

    def place(item: Reference) -> Reference:
        line, column = code.position(item.line, item.column)
        return replace(item, line=line, column=column, reason=code.told(item.reason))

    return replace(
        decision,
        references=tuple(place(item) for item in decision.references),
        passing=tuple(place(item) for item in decision.passing),
    )


def refused(path: str, data: bytes, reason: str, legacy: Legacy, mentions: Mentions) -> tuple[Reference, ...]:
    """Return the first mention of each engine in a file that no parser is shown, for a human to look at."""
    found: dict[str, Reference] = {}
    text = decode(data)
    for number, mention in enumerate(mentions.find(text)):
        engine = legacy.modules[mention.module].engine_of(mention.name).id
        if engine not in found:
            before = encode(text[: mention.start])
            line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n") - 1
            why = f"not read: {reason}; the first of its mentions"
            found[engine] = Reference(path, line, column, engine, "unreadable", Action.MANUAL, mention.text, "", why)
        if len(found) == len(legacy.config.engines) or number > _ENOUGH:
            break
    return tuple(found.values())


def unreadable(path: str, data: bytes, reason: str, legacy: Legacy, mentions: Mentions) -> tuple[Reference, ...]:
    """Return the mentions in a file that no parser reads, for a human to look at."""
    document = read_document(path, data, legacy, mentions)
    return tuple(
        Reference(
            path, item.line, item.column, item.engine, "unreadable", Action.MANUAL, item.text, "", f"not read: {reason}"
        )
        for item in document.references
    )
