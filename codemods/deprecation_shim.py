"""deprecation-shim and remove-shim: what stays at a legacy path, and how it goes."""

from __future__ import annotations

from planner.config import Config
from planner.model import Edit, ShimKind, decode, encode
from planner.shims import ShimPlan
from templates.shim import RESERVED, Shim, ShimError, ShimName

ID = "deprecation-shim"
REMOVE = "remove-shim"

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
        text = (
            text.rstrip("\r\n") + plan.newline * 3 + "# What follows has no successor: it stays until nothing uses it."
        )
        for number, (statement, gap) in enumerate(zip(plan.kept.text, plan.kept.gaps, strict=True)):
            text += plan.newline * (1 if number == 0 else min(gap, 2) + 1) + statement
        text += plan.newline
    return (Edit(0, len(data), decode(data), decode(text.encode("utf-8")) if plan.kept is None else text, ID, 1),)


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
