"""The edits of a plan as a reviewer judges them, one by one: what, why, how sure, and the lines around it."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from consolidate.review.rows import Hunk, hunks
from consolidate.review.shape import Shape, shape_of
from consolidate.tree import Tree
from planner.model import Action, Edit, FileEdit, Phase, Plan, Reference, Risk, apply_edits, decode, encode

if TYPE_CHECKING:
    from consolidate.render.diff import FileDiff
    from consolidate.repository import Repository

RISKS = (Risk.LOW, Risk.MEDIUM, Risk.HIGH)
CALLS = "rewrite-calls"
PROVED, UNPROVED = "proved", "not proved"


class Item(Struct, frozen=True):
    """One change: an edit, or the edits of one call. `old` and `new` are the text from its first to its last edit.

    `references` are those that it rewrites, in order; `hunk` is None where nothing is to be seen.
    """

    id: str
    phase: int
    path: str
    edits: tuple[Edit, ...]
    old: str
    new: str
    references: tuple[Reference, ...]
    risk: Risk
    proof: str
    shape: Shape
    hunk: Hunk | None

    @property
    def line(self) -> int:
        """The 1-based line of the file at which it begins."""
        return self.edits[0].line or 1

    @property
    def codemod(self) -> str:
        """What made it."""
        return self.edits[0].codemod


def item_id(file: FileEdit, edits: Sequence[Edit]) -> str:
    """Return what names a change: the same in any plan that makes it in the same contents of the file."""
    parts = [file.path, file.blob]
    for edit in edits:
        parts += [str(edit.start), str(edit.end), edit.codemod, edit.new]
    digest = hashlib.sha256(b"".join(b"%d:%s" % (len(encode(part)), encode(part)) for part in parts))
    return f"e{digest.hexdigest()[:16]}"


def edits_of(file: FileEdit) -> tuple[Edit, ...]:
    """Return the edits of a file; one that comes or goes with nothing in it is one edit of nothing."""
    return file.edits or (Edit(0, 0, "", "", "create" if file.created else "delete", 1),)


def items_of(repository: Repository, plan: Plan, phases: Iterable[int] = ()) -> tuple[Item, ...]:
    """Return the edits of a plan in its order, of some phases or of all, read in the planned commit."""
    wanted = frozenset(phases) or frozenset(phase.number for phase in plan.phases)
    tree = Tree(repository, repository.resolve(plan.commit))
    rewritten: dict[tuple[str, int | None], list[Reference]] = {}
    for item in plan.references:
        if item.action is Action.REWRITTEN:
            rewritten.setdefault((item.path, item.phase), []).append(item)
    found: list[Item] = []
    for phase in plan.phases:
        if phase.number > max(wanted, default=0):
            break
        from consolidate.commands.diff import file_diffs

        if phase.number in wanted:
            files = {file.path: file for file in phase.files}
            for diff in file_diffs(phase, tree):
                found += _of_file(phase, files[diff.path], diff, rewritten.get((diff.path, phase.number), []))
        tree.lay(tree.changes(phase))
    return tuple(found)


def ranked(items: Sequence[Item]) -> list[tuple[Shape, list[Item]]]:
    """Return the edits by shape: the rarest shape first, then the riskiest; in each, the riskiest edit first."""
    groups: dict[Shape, list[Item]] = {}
    for item in items:
        groups.setdefault(item.shape, []).append(item)
    for group in groups.values():
        group.sort(key=lambda item: -RISKS.index(item.risk))
    return sorted(groups.items(), key=lambda pair: (len(pair[1]), -RISKS.index(pair[1][0].risk), pair[0]))


def _of_file(phase: Phase, file: FileEdit, diff: FileDiff, references: Sequence[Reference]) -> Iterable[Item]:
    data = diff.old or b""
    seen = hunks(diff)
    starts = [0, *(match.end() for match in re.finditer(rb"\r\n|\n|\r", data))]
    places = sorted((starts[min(item.line, len(starts)) - 1] + item.column, n) for n, item in enumerate(references))
    calls = [place for place, n in places if references[n].form == "call"]
    lost = {item.path for item in phase.unproved}
    rated = {item.path: item.risk for item in phase.risk_facts}
    for first, edits, call in _changes(edits_of(file), calls):
        start, end = min(call, edits[0].start), edits[-1].end
        old = decode(data[start:end])
        moved = (replace(edit, start=edit.start - start, end=edit.end - start) for edit in edits)
        new = decode(apply_edits(data[start:end], tuple(moved), file.path))
        inside = [references[n] for place, n in places if start <= place < max(end, start + 1)]
        mine = inside or [item for item in references if edits[0].line <= item.line <= edits[0].line + old.count("\n")]
        proof = UNPROVED if file.path in lost or edits[0].codemod in file.unproved else PROVED
        yield Item(
            item_id(file, edits),
            phase.number,
            file.path,
            edits,
            old,
            new,
            tuple(mine),
            max((item.risk for item in mine), key=RISKS.index, default=rated.get(file.path, phase.risk)),
            proof,
            shape_of(edits[0].codemod, mine[0].form if mine else "", old, new),
            seen.get(first),
        )


def _changes(edits: Sequence[Edit], calls: Sequence[int]) -> Iterable[tuple[int, tuple[Edit, ...], int]]:
    """Yield the edits that make one change, with the number of the first, and where it begins: arguments go with calls.

    `calls` are the offsets of the calls that are rewritten, sorted. An edit of a call's arguments belongs to the last
    call before it; the call's own name may have no edit.
    """
    found: list[tuple[int, list[Edit], int]] = []
    of_call: dict[int, list[Edit]] = {}
    for number, edit in enumerate(edits):
        call = bisect_left(calls, max(edit.end, edit.start + 1)) - 1 if edit.codemod == CALLS else -1
        if call in of_call:
            of_call[call].append(edit)
            continue
        found.append((number, [edit], calls[call] if call >= 0 else edit.start))
        if call >= 0:
            of_call[call] = found[-1][1]
    for number, mine, start in found:
        yield number, tuple(mine), start
