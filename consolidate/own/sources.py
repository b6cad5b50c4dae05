"""Where a codemod of the user's own comes from: an installed package, or the repository's `codemods` folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from consolidate.own.hosts import Setup
from planner.config import Config
from planner.tables import ConfigError, near

if TYPE_CHECKING:
    from planner.snapshot import Snapshot

FOLDER = "codemods"


def in_repository(command: str) -> bool:
    """Tell if a command is the repository's: its module lies in the package `codemods`, which the root holds."""
    return command.partition(":")[0].partition(".")[0] == FOLDER


def named(config: Config) -> dict[str, str]:
    """Return the commands that the phases name, each with the place that names it first (`phase[1].codemods`)."""
    found: dict[str, str] = {}
    for index, spec in enumerate(config.phases, 1):
        for command in spec.own:
            found.setdefault(command, f"phase[{index}].codemods")
    return found


def setup(config: Config, snapshot: Snapshot, root: Path, *, trusted: bool) -> Setup:
    """Return what a process needs to run the configured commands.

    The repository's own are read from the snapshot, never from the work tree. Raises ConfigError where one of them is
    missing or not trusted; nothing was run then.
    """
    commands = named(config)
    own = [command for command in commands if in_repository(command)]
    files = [file.path for file in snapshot.files if file.path.startswith(f"{FOLDER}/") and file.mode.startswith("100")]
    for command in own:
        module = command.partition(":")[0]
        path = module.replace(".", "/")
        if not {f"{path}.py", f"{path}/__init__.py"} & set(files):
            raise ConfigError(f"the commit has no {path}.py", commands[command], near(f"{path}.py", files))
        if not trusted:
            raise ConfigError(
                f"{command} is code of the repository, which is run only if you trust it",
                commands[command],
                f"read {path}.py, then give --trust-codemods",
            )
    return Setup(tuple(commands), _contents(snapshot, files) if own else (), str(root))


def _contents(snapshot: Snapshot, paths: Sequence[str]) -> tuple[tuple[str, bytes], ...]:
    safe = [path for path in paths if not {"", ".", ".."} & set(path.split("/"))]
    found = {path: data for path, data in snapshot.read(safe) if data is not None}
    # A package of another distribution with this name would hide a folder without it.
    return tuple(sorted({f"{FOLDER}/__init__.py": b"", **found}.items()))
