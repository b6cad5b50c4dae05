"""Which version the repository has, and whether that of a shim's removal is reached (PEP 440's order)."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

from consolidate.snapshots import open_regular

_VERSION = re.compile(
    r"v?(?:(?P<epoch>\d+)!)?(?P<release>\d+(?:\.\d+)*)"
    r"(?:[-_.]?(?P<pre>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?P<pre_number>\d*))?"
    r"(?P<post>[-_.]?(?:post|rev|r)[-_.]?(?P<post_number>\d*))?"
    r"(?P<dev>[-_.]?dev[-_.]?(?P<dev_number>\d*))?"
    r"(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?",
    re.IGNORECASE,
)
_PRE = {"a": 0, "alpha": 0, "b": 1, "beta": 1, "c": 2, "rc": 2, "pre": 2, "preview": 2}
_LARGEST = 4 * 1024**2  # bytes of a pyproject.toml


def current_version(root: Path, given: str, configured: str) -> str:
    """Return the version that the repository has: what was given, else configured, else that of pyproject.toml.

    There it is `project.version`, or Poetry's `tool.poetry.version`; "" where it has neither, as with versions that
    only a build knows.
    """
    return given or configured or _of_pyproject(root / "pyproject.toml")


def _of_pyproject(file: Path) -> str:
    try:
        with open_regular(os.fsencode(file)) as stream:
            table: Any = tomllib.loads(stream.read(_LARGEST).decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        return ""  # who it belongs to tells of that
    tool = _table(table.get("tool"))
    for part in (table.get("project"), tool.get("poetry")):
        version = _table(part).get("version")
        if isinstance(version, str):
            return version
    return ""


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def is_reached(removal: str, current: str) -> bool | None:
    """Tell if `current` is `removal` or later; None where one of them is no version, and so cannot be compared."""
    wanted, there = _key(removal), _key(current)
    return None if wanted is None or there is None else there >= wanted


def _key(text: str) -> tuple[Any, ...] | None:
    """Return what versions are sorted by: 2.0.dev1, 2.0a1, 2.0, 2.0.post1; None for what is no version."""
    found = _VERSION.fullmatch(text.strip())
    if found is None or len(text) > 100:
        return None
    release = [int(part) for part in found["release"].split(".")]
    while len(release) > 1 and not release[-1]:
        release.pop()
    if found["pre"]:
        pre = (0, _PRE[found["pre"].lower()], int(found["pre_number"] or 0))
    else:
        pre = (-1, 0, 0) if found["dev"] and not found["post"] else (1, 0, 0)
    post = int(found["post_number"] or 0) if found["post"] else -1
    dev = (0, int(found["dev_number"] or 0)) if found["dev"] else (1, 0)
    return int(found["epoch"] or 0), tuple(release), pre, post, dev
