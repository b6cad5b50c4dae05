"""rewrite-imports: `from legacy import Name` and `import legacy` name the replacement's module instead.

LibCST sees the one statement, whose new text takes the old one's place in the bytes. Where all names of a statement go
to one module its layout is kept; where they go to several, one statement each is written, comments with their names.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from codemods.import_layout import Layouts
from codemods.import_names import LayoutError
from codemods.refusal import CodemodError
from codemods.work import Work
from planner.decision import Move, StarMove
from planner.facts import Statement
from planner.model import Edit, decode
from planner.source import Source

ID = "rewrite-imports"


def edits(work: Work) -> Iterator[Edit]:
    """Yield one edit for each import statement that the decision moves. Raises CodemodError."""
    source, decision, layouts = work
    facts = decision.facts
    moves = {move.alias: move for move in decision.moves}
    stars = {star.alias: star for star in decision.stars}
    for number, statement in enumerate(facts.statements):
        members = [index for index, alias in enumerate(facts.aliases) if alias.statement == number]
        if not any(index in moves or index in stars for index in members):
            continue
        old = source.data[statement.start : statement.end]
        chosen = [moves.get(index) for index in members]
        if not _removable(source, statement):
            chosen = [replace(move, double=False) if move is not None else None for move in chosen]
        try:
            new = _rewrite(source, statement, old, chosen, stars.get(members[0]), layouts)
        except LayoutError as error:
            raise CodemodError(str(error), statement.line) from None
        if not new:
            yield _line(source, statement)
        elif new != old:
            yield Edit(statement.start, statement.end, decode(old), decode(new), ID, statement.line)


def _removable(source: Source, statement: Statement) -> bool:
    """Tell whether a statement may go with its lines: its block has others, and no comment shares its last line."""
    _, end = source.line_bounds(statement.end)
    return statement.alone and not statement.sole and not source.data[statement.end : end].strip()


def _line(source: Source, statement: Statement) -> Edit:
    """Return the edit that takes a statement's whole lines out."""
    start, _ = source.line_bounds(statement.start)
    _, end = source.line_bounds(statement.end)
    end += len(source.newline) if source.data.startswith(source.newline.encode(), end) else 0
    return Edit(start, end, decode(source.data[start:end]), "", ID, statement.line)


def _rewrite(
    source: Source,
    statement: Statement,
    old: bytes,
    moves: list[Move | None],
    star: StarMove | None,
    layouts: Layouts,
) -> bytes:
    text = old.decode(source.encoding)
    first, _ = source.line_bounds(statement.start)
    indent = source.data[first : statement.start].decode(source.encoding)
    newline = source.newline
    if star is not None:
        texts = _star(star)
    elif text.startswith("import"):
        texts = layouts.of_import(text, moves, newline)
    else:
        texts = layouts.of_from(text, moves, indent if statement.alone else "", newline)
    if len(texts) > 1 and not statement.alone:
        if any(newline in part for part in texts):
            raise LayoutError("several statements with line breaks cannot share a line")
        return "; ".join(texts).encode(source.encoding)
    return (newline + indent).join(texts).encode(source.encoding)


def _star(star: StarMove) -> list[str]:
    by_module: dict[str, list[str]] = {}
    for module, name, local in star.names:
        by_module.setdefault(module, []).append(name if name == local else f"{name} as {local}")
    return [f"from {module} import {', '.join(names)}" for module, names in sorted(by_module.items())]
