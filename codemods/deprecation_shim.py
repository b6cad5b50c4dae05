"""deprecation-shim and remove-shim: what stays at a legacy path, and how it goes."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from codemods.refusal import CodemodError
from planner.config import Config
from planner.model import Edit, FileEdit, ShimKind, apply_edits, decode, encode
from planner.shims import ShimPlan
from templates.shim import RESERVED, Shim, ShimError, ShimName

ID = "deprecation-shim"
REMOVE = "remove-shim"
KEPT = "# What follows has no successor: it stays until nothing uses it."
"""The line behind which a shim has what stays in its module."""

__all__ = ["ID", "REMOVE", "RESERVED", "ShimError", "edits", "removal"]


def edits(plan: ShimPlan, data: bytes, config: Config) -> tuple[Edit, ...]:
    """Return the edit that makes a legacy module a shim, or inserts the notice; none where it is there already.

    Raises ShimError where the shim cannot serve what it should.
    """
    from templates.render import NOTICE_BEGIN, render_shim, render_warning_block

    if plan.done or plan.kind is ShimKind.NONE:
        return ()
    if plan.kind is ShimKind.WARN:
        if NOTICE_BEGIN.encode() in data:
            return ()
        block = render_warning_block(_shim(plan, config), plan.newline)
        before = plan.newline if data[: plan.insertion].strip() else ""
        after = plan.newline if data[plan.insertion :].strip() else ""
        line = data.count(b"\n", 0, plan.insertion) + 1
        return (Edit(plan.insertion, plan.insertion, "", before + block + after, ID, line),)
    text = render_shim(_shim(plan, config), plan.newline)
    if plan.kept is not None:
        text = text.rstrip("\r\n") + plan.newline * 3 + KEPT
        for number, (statement, gap) in enumerate(zip(plan.kept.text, plan.kept.gaps, strict=True)):
            text += plan.newline * (1 if number == 0 else min(gap, 2) + 1) + statement
        text += plan.newline
    return (Edit(0, len(data), decode(data), decode(text.encode("utf-8")) if plan.kept is None else text, ID, 1),)


def after(shim: FileEdit, plan: ShimPlan, data: bytes, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """Return a legacy file with its shim or notice, an earlier phase's edit, and the edits of the file moved to it.

    `data` is the file before both. Raises CodemodError where an edit reaches beyond what stays.
    """
    written = apply_edits(data, shim.edits, shim.path)
    if plan.kept is None or plan.kind is ShimKind.WARN:
        notice = shim.edits[0]
        length, lines = len(encode(notice.new)), notice.new.count("\n")
        moved = tuple(
            replace(edit, start=edit.start + length, end=edit.end + length, line=edit.line + lines)
            if edit.start >= notice.start
            else edit
            for edit in edits
        )
        return written, moved
    places: list[tuple[int, int, int]] = []
    place = written.index(KEPT.encode())
    for text, (start, end) in zip(plan.kept.text, plan.kept.spans, strict=True):
        place = written.index(encode(text), place)
        lines = written.count(b"\n", 0, place) - data.count(b"\n", 0, start)
        places.append((start, end, place - start))
        place += len(encode(text))
    return written, tuple(_moved(edit, places, data, written) for edit in edits)


def _moved(edit: Edit, places: Sequence[tuple[int, int, int]], data: bytes, written: bytes) -> Edit:
    """Return an edit where what it edits stands in the shim; `places` are start, end and distance of what stays."""
    for start, end, distance in places:
        # An import that goes takes its line end with it, which stands behind what stays as well.
        there = written[edit.start + distance : edit.end + distance]
        if start <= edit.start <= end and data[edit.start : edit.end] == there:
            line = written.count(b"\n", 0, edit.start + distance) + 1
            return replace(edit, start=edit.start + distance, end=edit.end + distance, line=line)
    raise CodemodError("the edit reaches beyond what stays beside the shim", edit.line)


def removal(data: bytes) -> tuple[Edit, ...]:
    """Return the edit that empties a shim which is deleted."""
    return (Edit(0, len(data), decode(data), "", REMOVE, 1),)


def check(plan: ShimPlan, config: Config) -> str:
    """Return why the shim of a plan cannot be rendered, "" where it can."""
    from templates.render import render_shim

    try:
        encode(render_shim(_shim(plan, config)))
    except ShimError as error:
        return str(error)
    return ""


def _shim(plan: ShimPlan, config: Config) -> Shim:
    return Shim(
        module=plan.module,
        names=tuple(ShimName(item.name, item.symbol, item.rule, item.function, item.is_async) for item in plan.served),
        all_names=plan.all_names,
        is_package=plan.is_package,
        migration=config.name,
        since="",
        removal_version=config.removal_version,
        kept=tuple(sorted(plan.kept.names)) if plan.kept is not None else (),
    )
