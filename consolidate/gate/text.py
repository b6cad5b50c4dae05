"""What the gate found, as lines for people; pure functions from values to text."""

from __future__ import annotations

from collections.abc import Iterator

from consolidate.gate.finding import Finding
from consolidate.gate.verdict import Verdict
from consolidate.render.fold import fold, hanging
from consolidate.render.look import Look, columns
from consolidate.render.words import number


def line_of(item: Finding, look: Look, column: int) -> str:
    """Return a finding as one printable line; `column` is the 1-based column to show."""
    return " ".join(_parts(item, look, column))


def lines_of(item: Finding, look: Look, column: int) -> list[str]:
    """Return a finding for people on a terminal: in lines that fit it; for anything else the one line."""
    whole = line_of(item, look, column)
    if not look.terminal or columns(whole) <= look.width:
        return [whole]
    place, what, todo = _parts(item, look, column)
    # The place stays whole, so that it can be copied and clicked at.
    head = hanging(place, what, look.width, gap=" ")
    return [*head, *fold(todo, look.width, "    ", "      ")]


def _parts(item: Finding, look: Look, column: int) -> tuple[str, str, str]:
    """Return where it is, what it is, and what to do."""
    text = f": {look.plain(item.text)}" if item.text else ""
    place = f"{look.plain(item.path)}:{item.line}:{column}:"
    return place, f"{look.plain(item.what)}{text}", f"{look.arrow} {look.plain(item.todo)}"


def summary(verdict: Verdict) -> str:
    """Return how much was found, "" for nothing."""
    parts = []
    legacy = [item for item in verdict.findings if item.rule == "legacy-reference"]
    if legacy:
        files = len({item.path for item in legacy})
        parts.append(f"{number(len(legacy), 'legacy reference')} in {number(files, 'file')}")
    if shims := len(verdict.findings) - len(legacy):
        parts.append(f"{number(shims, 'shim')} to remove")
    return " and ".join(parts)


def notes(verdict: Verdict, update: str, *, verbose: bool) -> Iterator[str]:
    """Yield what is said beside the findings; `update` is the command that shrinks the baseline.

    If `verbose`, the entries that it would drop are named.
    """
    found = summary(verdict)
    excused = f"{len(verdict.excused)} more" if found else number(len(verdict.excused), "legacy reference")
    verb = "is" if len(verdict.excused) == 1 else "are"
    if found and verdict.excused:
        yield f"{found} ({excused} {verb} in the baseline)"
    elif found:
        yield found
    elif verdict.excused:
        yield f"{excused} {verb} in the baseline"
    if verdict.stale:
        yield f"the baseline can shrink by {number(len(verdict.stale), 'entry', 'entries')}: {update}"
        if verbose:
            yield from (f"not there any more: {path}: {symbol}" for path, symbol in verdict.stale)
