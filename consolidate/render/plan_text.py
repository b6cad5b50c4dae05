"""The plan as a page of text that a lead reads in a minute: engines, phases, what is left to people, totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from consolidate.render import contract_text
from consolidate.render.fold import fold, hanging
from consolidate.render.look import Look
from consolidate.render.risk_text import why
from consolidate.render.table import Column, table
from consolidate.render.words import action_counts, by_reason, edit_count, labels, number, totals
from planner.model import Action, EnginePlan, Phase, Plan, Reference, Risk

_RISK = {Risk.LOW: "green", Risk.MEDIUM: "magenta", Risk.HIGH: "red"}
_GROUPS = 12  # reasons shown, likewise
_PLACES = 3  # places shown of a group, unless all are asked for


def plan_page(plan: Plan, look: Look, *, verbose: bool = False) -> list[str]:
    """Return the lines of the whole view; the caller adds the next command."""
    parts = [
        _header(plan, look),
        _engines(plan, look, verbose),
        contract_text.terms(plan.engines, look) if verbose else contract_text.lacking(plan.engines, look),
        contract_text.additions(plan.additions, look, verbose=verbose),
        _phases(plan.phases, plan, look),
        _references(plan.references, Action.MANUAL, "TO DO BY HAND", look, verbose),
        _references(plan.references, Action.LEFT, "LEFT AS THEY ARE", look, verbose),
        _skipped(plan, look, verbose),
        _bullets("NOTES", (*plan.notes, *_notes(plan)), look),
        totals(plan),
    ]
    return [line for part in parts if part for line in (*part, "")][:-1]


def phase_page(plan: Plan, phase: Phase, look: Look, *, verbose: bool = False) -> list[str]:
    """Return the lines of the view of one phase: its files, its references, what is special."""
    title = f"Phase {phase.number} of {len(plan.phases)}: {look.plain(phase.title)}"
    rows = [
        (file.path, "new" if file.created else "gone" if file.deleted else "", str(max(len(file.edits), 1)))
        for file in sorted(phase.files, key=lambda file: file.path)
    ]
    columns = (Column("file", gives=True), Column("state"), Column("edits", right=True))
    codemods = look.plain(f"codemods {', '.join(phase.codemods)}; risk {phase.risk}")
    lines = [look.paint(title, "bold"), *fold(codemods, look.width, rest="  ")]
    if reason := why(phase):
        lines += fold(look.plain(f"risk: {reason}"), look.width, rest="  ")
    lines.append("")
    lines += table(columns, rows, look)
    lines += ["", f"{number(len(phase.files), 'file')}, {number(edit_count(plan, phase.number), 'edit')}"]
    lines += _unproved(phase, look)
    lines += _bullets("NOTES", phase.notes, look)
    if verbose:
        mine = [reference for reference in plan.references if reference.phase == phase.number]
        lines += ["", *(line for reference in mine for line in _rewrite(reference, look))]
    return lines


def engine_page(plan: Plan, engine: EnginePlan, look: Look, *, verbose: bool = False) -> list[str]:
    """Return the lines of the view of one engine: contract, what to add to its replacement, what refers to it."""
    mine = tuple(reference for reference in plan.references if reference.engine == engine.id)
    added = [row for row in plan.additions if engine.id in row.engines]
    rewritten = [reference for reference in mine if reference.action is Action.REWRITTEN]
    by_phase = Counter(reference.phase or 0 for reference in rewritten)
    counts = [f"{count} in phase {phase}" for phase, count in sorted(by_phase.items())]
    parts = [
        _header(plan, look),
        _engines(replace(plan, engines=(engine,), references=mine), look, verbose),
        [f"rewritten: {', '.join(counts)}"] if counts else [],
        [line for item in rewritten for line in _rewrite(item, look)] if verbose else [],
        contract_text.terms((engine,), look) if verbose else contract_text.lacking((engine,), look),
        contract_text.additions(added, look, verbose=verbose),
        _references(mine, Action.MANUAL, "TO DO BY HAND", look, verbose),
        _references(mine, Action.LEFT, "LEFT AS THEY ARE", look, verbose),
        _bullets("NOTES", engine.notes, look),
    ]
    return [line for part in parts if part for line in (*part, "")][:-1]


def _header(plan: Plan, look: Look) -> list[str]:
    title = f"Plan of the migration {look.plain(plan.migration)}"
    source = f"commit {plan.commit[:12]}, plan {plan.digest[:12]}"
    target = fold(look.plain(str(plan.target)), look.width, "to   ", "     ")
    return [look.paint(title, "bold"), *target, f"from {source}"]


def _engines(plan: Plan, look: Look, verbose: bool) -> list[str]:
    columns = (
        Column("engine", gives=True),
        Column("importers", right=True),
        Column("refs", right=True),
        Column("rewritten", right=True),
        Column("manual", right=True),
        Column("left", right=True),
        Column("shim"),
    )
    short = labels(plan.engines)
    rows: list[tuple[str, ...]] = []
    files: set[str] = set()
    for engine in plan.engines:
        count = dict(engine.references)
        files.update(engine.importers)
        numbers = [count.get(action, 0) for action in Action]
        shim = str(engine.shim) if engine.mode == "consolidate" else engine.mode
        # Engines of one name are told apart by a second line, which no column width cuts to the same text.
        label, _, name = short[engine.id].rpartition(".")
        rows.append((name, str(len(engine.importers)), str(sum(count.values())), *map(str, numbers), shim))
        if label:
            rows.append((f"  of {label}", "", "", "", "", "", ""))
    sums = (str(len(files)), str(len(plan.references)), *map(str, action_counts(plan.references).values()))
    rows.append((number(len(plan.engines), "engine"), *sums, ""))
    lines = table(columns, rows, look)
    full = [line for engine in plan.engines for line in fold(look.plain(engine.id), look.width, "  ", "    ")]
    return [*lines[:-1], look.paint(lines[-1], "bold"), *(full if verbose else [])]


def _phases(phases: Sequence[Phase], plan: Plan, look: Look) -> list[str]:
    heading = look.paint("PHASES", "bold")
    if not phases:
        return [f"{heading}  none: there is nothing left that can be rewritten"]
    columns = (
        Column("phase", right=True),
        Column("title", gives=True),
        Column("files", right=True),
        Column("edits", right=True),
        Column("risk"),
    )
    rows = [
        (str(phase.number), phase.title, str(len(phase.files)), str(edit_count(plan, phase.number)), str(phase.risk))
        for phase in phases
    ]
    lines = table(columns, rows, look)
    for index, phase in enumerate(phases, 1):
        text = lines[index].removesuffix(str(phase.risk))
        lines[index] = text + look.paint(str(phase.risk), _RISK[phase.risk])
    for phase in phases:
        if reason := why(phase):
            text = look.plain(f"phase {phase.number} risk {phase.risk}: {reason}")
            lines += fold(text, look.width, "  ", "    ")
        lines += _unproved(phase, look)
    return [heading, *lines]


def _unproved(phase: Phase, look: Look) -> list[str]:
    if not phase.unproved:
        return []
    count = number(len(phase.unproved), "file")
    lines = [look.paint(f"phase {phase.number} leaves {count} whose edits could not be proved:", "magenta")]
    return lines + [f"  {look.plain(file.path)}: {look.plain(file.reason)}" for file in phase.unproved]


def _references(references: Iterable[Reference], action: Action, title: str, look: Look, verbose: bool) -> list[str]:
    groups = by_reason(references, action)
    if not groups:
        return []
    count = sum(len(group) for _, group in groups)
    lines = [look.paint(f"{title} ({number(count, 'reference')})", "bold")]
    shown = groups if verbose else groups[:_GROUPS]
    for reason, group in shown:
        lines += fold(look.plain(reason), look.width, f"{len(group):4}  ", " " * 6)
        if verbose:
            lines += [line for item in group for line in _at(_place(item), look.plain(item.text), look, " " * 6)]
        elif action is Action.MANUAL:
            lines += [f"      {line}" for line in _first_places(group, look)]
    if len(shown) < len(groups):
        more = sum(len(group) for _, group in groups[_GROUPS:])
        lines.append(f"{more:4}  for {number(len(groups) - _GROUPS, 'other reason')} (all with -v)")
    return lines


def _first_places(group: Sequence[Reference], look: Look) -> list[str]:
    """Return a line for each of the first files, with the line numbers in it."""
    files: dict[str, list[str]] = {}
    for item in group:
        numbers = files.setdefault(item.path, [])
        if str(item.line) not in numbers:
            numbers.append(str(item.line))
    lines = []
    for path, numbers in list(files.items())[:_PLACES]:
        more = ", ..." if len(numbers) > _PLACES else ""
        places = f":{', '.join(numbers[:_PLACES])}{more}"
        lines.append(look.cut(look.plain(path), look.width - 6 - len(places)) + places)
    if len(files) > _PLACES:
        lines.append(f"and {number(len(files) - _PLACES, 'more file')}")
    return lines


def _skipped(plan: Plan, look: Look, verbose: bool) -> list[str]:
    if not plan.skipped:
        return []
    shown = plan.skipped if verbose else plan.skipped[:10]
    lines = [look.paint(f"SKIPPED ({number(len(plan.skipped), 'file')})", "bold")]
    for file in shown:
        lines += fold(look.plain(f"{file.path}: {file.reason}"), look.width, "  ", "    ")
    more = len(plan.skipped) - len(shown)
    return [*lines, f"  and {more} more (all with -v)"] if more else lines


def _notes(plan: Plan) -> Iterable[str]:
    short = labels(plan.engines)
    for engine in plan.engines:
        yield from (f"{short[engine.id]}: {note}" for note in engine.notes)
    for phase in plan.phases:
        yield from (f"phase {phase.number}: {note}" for note in phase.notes)


def _bullets(title: str, notes: Sequence[str], look: Look) -> list[str]:
    lines = []
    for note in notes:
        lines += fold(look.plain(note), look.width, "  - ", "    ")
    return [look.paint(title, "bold"), *lines] if lines else []


def _place(reference: Reference) -> str:
    return f"{reference.path}:{reference.line}"


def _rewrite(reference: Reference, look: Look) -> list[str]:
    change = f"{look.plain(reference.text)} {look.arrow} {look.plain(reference.new)}"
    return _at(f"{_place(reference)}:{reference.column + 1}", change, look)


def _at(place: str, text: str, look: Look, indent: str = "") -> list[str]:
    """Return a place and what stands there: for a file or a pipe one line, which is searched for."""
    place = look.plain(place)
    return hanging(place, text, look.width, indent) if look.terminal else [f"{indent}{place}  {text}"]
