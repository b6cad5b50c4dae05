"""Versions: of this program, as the installed package says or the project file of a checkout, and of its libraries."""

from __future__ import annotations

import os
import tomllib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_END = ".dist-info"


@cache
def version() -> str:
    """Return the version, such as `0.1.0`."""
    project = Path(__file__).parent.parent / "pyproject.toml"
    if project.is_file():  # a checkout: what is installed may be older
        table = tomllib.loads(project.read_text(encoding="utf-8")).get("project", {})
        if table.get("name") == "consolidate":
            return str(table["version"])
    return installed("consolidate")


def installed(name: str) -> str:
    """Return the version of a distribution that is installed under the name of its package, not in capital letters."""
    found = find_spec(name)
    folder = Path(found.origin).parents[1] if found is not None and found.origin else Path()
    # The name of the folder tells it (PyPA, "Recording installed projects"); importlib.metadata, which takes ten times
    # as long to import as this to look, is asked where there is none or several.
    known = [item for item in _listed(folder) if item.startswith(f"{name}-") and item.endswith(_END)]
    if len(known) == 1:
        return known[0][len(name) + 1 : -len(_END)]
    from importlib import metadata

    return metadata.version(name)


@cache
def _listed(folder: Path) -> tuple[str, ...]:
    return tuple(os.listdir(folder))  # noqa: PTH208 - names alone
