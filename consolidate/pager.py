"""The user's pager, for what is longer than a screen: on a terminal only."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping

import click

_NONE = ("", "cat")


def pager_of(environment: Mapping[str, str]) -> str | None:
    """Return the command that pages: GIT_PAGER, then PAGER, else "less"; None where the user wants none.

    What a repository's configuration names is never run, so `core.pager` does not count.
    """
    if environment.get("TERM") == "dumb":
        return None
    chosen = environment.get("GIT_PAGER", environment.get("PAGER", "less")).strip()
    return None if chosen in _NONE else chosen


def show(lines: Iterable[str], *, colour: bool) -> bool:
    """Show text by the pager, and tell whether there is one; else nothing is shown."""
    pager = pager_of(os.environ)
    if pager is None or not sys.stdout.isatty() or not sys.stdin.isatty():
        return False
    before = os.environ.get("PAGER")
    os.environ["PAGER"] = pager
    os.environ.setdefault("LESS", "FRX")  # as git does: no paging of what fits the screen, colours as they are
    try:
        click.echo_via_pager(lines, color=colour)
    finally:
        if before is None:
            del os.environ["PAGER"]
        else:
            os.environ["PAGER"] = before
    return True
