"""The version of this program, as the installed package says, or the project file of a checkout."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path


@cache
def version() -> str:
    """Return the version, such as `0.1.0`."""
    project = Path(__file__).parent.parent / "pyproject.toml"
    if project.is_file():  # a checkout: what is installed may be older
        table = tomllib.loads(project.read_text(encoding="utf-8")).get("project", {})
        if table.get("name") == "consolidate":
            return str(table["version"])
    return metadata.version("consolidate")
