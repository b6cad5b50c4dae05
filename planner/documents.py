"""Documents and settings files: where they name an engine, and which of those names can follow with certainty."""

from __future__ import annotations

from dataclasses import dataclass

from planner.decision import Rename
from planner.legacy import Legacy
from planner.mentions import Mention, Mentions
from planner.model import Action, Reference, decode, encode
from planner.risk import risk_of


@dataclass(frozen=True, slots=True)
class Document:
    """The references of one document, and the renames (spans in bytes) that the text phase makes in it."""

    path: str
    references: tuple[Reference, ...]
    renames: tuple[Rename, ...]


_FORMS = {"dotted": "text-dotted", "path": "text-path", "name": "text"}


def read_document(path: str, data: bytes, legacy: Legacy, mentions: Mentions) -> Document:
    """Return what a document says of the engines. Only a dotted name of a mapped symbol is renamed."""
    references: list[Reference] = []
    renames: list[Rename] = []
    text = decode(data)
    line, line_start, offset, seen = 1, 0, 0, 0
    for mention in mentions.find(text):
        # Offsets in bytes, counted on from the mention before.
        offset += len(encode(text[seen : mention.start]))
        seen = mention.start
        line += text.count("\n", line_start, mention.start)
        line_start = text.rfind("\n", 0, mention.start) + 1
        new, reason = _fate(path, mention, legacy)
        if new:
            renames.append(Rename(offset, offset + len(encode(mention.text)), mention.text, new, line))
        form = _FORMS[mention.kind]
        references.append(
            Reference(
                path=path,
                line=line,
                column=len(encode(text[line_start : mention.start])),
                engine=legacy.modules[mention.module].engine_of(mention.name).id,
                form=form,
                action=Action.REWRITTEN if new else Action.LEFT,
                text=mention.text,
                new=new,
                reason=reason,
                risk=risk_of(form),
            )
        )
    return Document(path, tuple(references), tuple(renames))


def _fate(path: str, mention: Mention, legacy: Legacy) -> tuple[str, str]:
    """Return the new text of a mention ("" where it stays) and the reason why it stays."""
    if mention.kind == "path":
        return "", "a file's path, valid as long as the shim stays"
    if mention.kind == "name" or not mention.name:
        return "", "a mention in text, for a reader to judge"
    if path.endswith(".ipynb"):
        return "", "a notebook's cell is listed, not edited"
    destination = legacy.destination(mention.module, mention.name)
    if destination.symbol is None:
        return "", destination.reason
    separator = ":" if ":" in mention.text else "."
    return f"{destination.symbol.module}{separator}{destination.symbol.name}", ""


def unreadable(path: str, data: bytes, reason: str, legacy: Legacy, mentions: Mentions) -> tuple[Reference, ...]:
    """Return the mentions in a file that no parser reads, for a human to look at."""
    document = read_document(path, data, legacy, mentions)
    return tuple(
        Reference(
            path, item.line, item.column, item.engine, "unreadable", Action.MANUAL, item.text, "", f"not read: {reason}"
        )
        for item in document.references
    )
