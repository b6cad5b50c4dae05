"""`consolidate completion`: the script that makes a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from consolidate.commands import COMMANDS
from consolidate.session import Session

SHELLS = ("bash", "zsh", "fish")


@click.command(
    "completion",
    short_help=COMMANDS["completion"],
    epilog='Example: eval "$(consolidate completion bash)"',
)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> int:
    """Print the script that makes a shell complete commands and options."""
    found = get_completion_class(shell)
    assert found is not None  # noqa: S101  (click has a class for each of SHELLS)
    script = found(ctx.find_root().command, {}, "consolidate", "_CONSOLIDATE_COMPLETE")
    session = ctx.find_object(Session) or Session()
    # Without `source()`, which runs bash to ask for its version.
    session.terminal.out(script.source_template % script.source_vars())
    return 0
