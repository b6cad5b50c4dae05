"""Finding and reading the configuration of a repository."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from consolidate.errors import UsageProblem
from planner.config import CONFIG_NAMES, Config, parse
from planner.tables import ConfigError

LARGEST_CONFIG = 4 * 1024**2  # bytes


def read_config(root: Path, given: Path | None) -> Config:
    """Return the configuration: the file that was given, else consolidate.toml or pyproject.toml at the root.

    Raises UsageProblem where there is none or it is no TOML, ConfigError where it is wrong.
    """
    candidates = [given] if given is not None else [root / name for name in CONFIG_NAMES]
    for path in candidates:
        if not path.is_file():
            continue
        table = _read_table(path)
        if path.name == "pyproject.toml":
            table = tool.get("consolidate", {}) if isinstance(tool := table.get("tool", {}), dict) else {}
            if not isinstance(table, dict):
                raise ConfigError("tool.consolidate must be a table", "tool.consolidate", "write [tool.consolidate]")
            if not table and given is None:
                continue
        inside = path.resolve().is_relative_to(root.resolve())
        return parse(table, path.resolve().relative_to(root.resolve()).as_posix() if inside else path.name)
    where = str(given) if given is not None else str(root)
    raise UsageProblem("there is no configuration", where, "run `consolidate init`, or name a file with --config")


def _read_table(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_CONFIG + 1)
        if len(data) > LARGEST_CONFIG:
            raise UsageProblem(f"the configuration is larger than {LARGEST_CONFIG >> 20} MiB", str(path), "shorten it")
        return tomllib.loads(data.decode("utf-8"))
    except (ValueError, OSError, RecursionError) as error:  # a number of 5,000 digits is a ValueError of int's
        raise UsageProblem(f"the configuration cannot be read: {error}", str(path), "write valid TOML") from None
