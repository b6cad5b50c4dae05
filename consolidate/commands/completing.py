"""What a shell offers for the names of phases and engines: those of the plan that is kept here. None is made for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from consolidate.plans import Chosen

Command = TypeVar("Command", bound=Callable[..., Any])


def phase_option(*names: str, **options: Any) -> Callable[[Command], Command]:
    """Return the decorator that gives a command its `--phase N`; the arguments are those of `click.option`."""
    return click.option("--phase", *names, metavar="N", type=int, shell_complete=phases, **options)


def phases(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the numbers of the phases that begin so, each with its state and title."""
    chosen = _kept(ctx)
    if chosen is None:
        return []
    return [
        CompletionItem(
            str(phase.number), help=f"{phase.title} ({'applied' if phase.number in chosen.applied else 'open'})"
        )
        for phase in chosen.plan.phases
        if str(phase.number).startswith(incomplete)
    ]


def engines(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the names of the engines that begin so, each with its module."""
    chosen = _kept(ctx)
    if chosen is None:
        return []
    from consolidate.render.words import labels

    names = labels(chosen.plan.engines)
    return [
        CompletionItem(names[engine.id], help=engine.legacy.module)
        for engine in chosen.plan.engines
        if names[engine.id].startswith(incomplete)
    ]


def _kept(ctx: click.Context) -> Chosen | None:
    """Return the plan file of the command line, or the plan that is kept; None where there is none, or anything fails.

    Whoever completes a word wants no message.
    """
    from consolidate.session import Session
    from consolidate.terminal import Terminal

    given = ctx.find_root().params
    session = Session(Terminal())
    session.config_file = given.get("config")
    try:
        if given.get("directory"):
            os.chdir(given["directory"])
        with session.repository(tell=False) as repository:
            plans = session.plans(repository)
            file = ctx.params.get("file")
            return plans.given(file) if file else plans.kept()
    except Exception:  # noqa: BLE001
        return None
