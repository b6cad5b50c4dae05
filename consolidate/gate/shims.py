"""Shims that the gate complains of: past their removal version with callers, or called by nobody."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from consolidate.gate.finding import Finding
from consolidate.gate.versions import is_reached
from consolidate.removal import holds, is_outside
from planner.facts import NO_INTEREST
from planner.model import EnginePlan, Plan
from planner.scan import ScanError, scan

_MOVED = re.compile(rb"^_MOVED = ", re.MULTILINE)
_NOTICE = re.compile(rb"^# consolidate: notice of deprecation, begin", re.MULTILINE)


class Versions(Struct, frozen=True):
    """The version that shims are to be removed in, and the repository's; "" where it is not known."""

    removal: str = ""
    current: str = ""


def shim_findings(plan: Plan, versions: Versions, read: Callable[[str], bytes | None]) -> tuple[Finding, ...]:
    """Return what there is to say of the shims of a plan of the whole work tree; `read` gives a file's contents.

    A shim is a module that hands out the replacement, or an implementation that has our notice. Who holds one are
    references in code, in settings, and in what cannot be read; other files than the configuration includes count too.
    """
    modules: dict[str, list[EnginePlan]] = {}
    for engine in plan.engines:
        if engine.path:
            modules.setdefault(engine.path, []).append(engine)
    found: list[Finding] = []
    for path, engines in sorted(modules.items()):
        data = read(path)
        if data is not None and (line := _line_of_shim(path, data)):
            found += _judge(plan, versions, path, line, engines)
    return tuple(found)


def _line_of_shim(path: str, data: bytes) -> int:
    """Return the 1-based line that makes a module a shim, 0 where it is none."""
    if notice := _NOTICE.search(data):
        return data.count(b"\n", 0, notice.start()) + 1
    moved = _MOVED.search(data)
    if moved is None:
        return 0
    try:
        facts = scan(path, data, NO_INTEREST, shallow=True)
    except ScanError:
        return 0
    return data.count(b"\n", 0, moved.start()) + 1 if facts.is_shim else 0


def _judge(plan: Plan, versions: Versions, path: str, line: int, engines: list[EnginePlan]) -> list[Finding]:
    names = {engine.id for engine in engines}
    module = engines[0].legacy.module
    held = sorted(
        (item for item in plan.references if item.engine in names and item.path != path and holds(item)),
        key=lambda item: (item.path, item.line),
    )
    outside = any(is_outside(note) for engine in engines for note in engine.notes)
    if not held and not outside:
        what, todo = f"shim {module}: nothing refers to it any more", f"remove {path}, or apply the phase that does"
        return [Finding("shim-unused", path, line, 0, module, "shim", "", what, todo)]
    if not held or not is_reached(versions.removal, versions.current):
        return []
    files = len({item.path for item in held})
    count = f"{len(held)} reference{'s' * (len(held) > 1)} in {files} file{'s' * (files > 1)}"
    what = (
        f"shim {module}: this is {versions.current}, it was to go in {versions.removal}, and {count} "
        f"need{'s' * (len(held) == 1)} it, first {held[0].path}:{held[0].line}"
    )
    todo = "move them (`consolidate plan` tells how), then remove it"
    return [Finding("shim-past-removal", path, line, 0, module, "shim", "", what, todo)]
