"""The options of commands that tell facts to programs: `--json`, and `--schema` for what that prints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from consolidate.session import Session

Command = TypeVar("Command", bound=Callable[..., Any])


def json_option(name: str, told: str = "Print JSON.") -> Callable[[Command], Command]:
    """Add `--json` (the parameter `as_json`) and `--schema` to the command that is called so in `schemas`."""

    def add(command: Command) -> Command:
        return click.option("--json", "as_json", is_flag=True, help=told)(schema_option(name)(command))

    return add


def schema_option(name: str, prints: str = "--json") -> Callable[[Command], Command]:
    """Add `--schema`, which prints the JSON Schema and does nothing else: the command need not be complete."""

    def show(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
        if wanted and not context.resilient_parsing:
            session = context.find_object(Session) or Session()
            session.terminal.json(_schema(name))
            context.exit(0)

    return click.option(
        "--schema",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=f"Print the JSON Schema of what {prints} prints.",
    )


def _schema(name: str) -> dict[str, Any]:
    if name == "plan":
        from planner.planfile_schema import schema as plan_schema

        return plan_schema()
    from consolidate.schemas import schema

    return schema(name)
