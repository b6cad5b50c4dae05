"""The environment of a test command: the user's own, pointed at the scratch tree.

What is changed is documented in `consolidate verify --help` and in the README; nothing else is.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

# Variables of git that are the user's own and point at no repository.
_KEPT = re.compile(r"GIT_(CONFIG_.*|(AUTHOR|COMMITTER)_.*|SSH.*|TERMINAL_PROMPT)")
# pytest's own options for its report; what the command itself says comes later, and wins.
_PYTEST = "-o junit_family=xunit1 --continue-on-collection-errors --maxfail=0"


def without_git(user: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without the variables by which git would look at another repository."""
    return {name: value for name, value in user.items() if not name.startswith("GIT_") or _KEPT.fullmatch(name)}


def of_tests(
    user: Mapping[str, str], side: str, report: Path, *, root: Path, tree: Path, source_roots: Sequence[str]
) -> dict[str, str]:
    """Return the environment in which tests run in `tree`, the scratch tree of the repository at `root`.

    `side` is `before` or `after`, `report` where pytest writes its JUnit report, `source_roots` the folders that
    imports start from, relative to the root: they come first, so an editable install of the user's tree is not what is
    tested.
    """
    environment = without_git(user)
    environment.pop("OLDPWD", None)
    roots = [str(tree / source) for source in source_roots]
    paths = [_moved(path, root, tree) for path in environment.get("PYTHONPATH", "").split(os.pathsep) if path]
    given = environment.get("PYTEST_ADDOPTS", "")
    return environment | {
        "CONSOLIDATE_VERIFY": side,
        "PWD": str(tree),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join(dict.fromkeys([*roots, *paths])),
        "PYTEST_ADDOPTS": f"{_PYTEST} {given} --junitxml={shlex.quote(str(report))}".replace("  ", " "),
    }


def command_line(command: str, root: Path, tree: Path) -> list[str]:
    """Return the command as the shell gets it.

    A program that is named by a relative path and that the tree doesn't have (`.venv/bin/pytest`, untracked) is taken
    from the user's work tree.
    """
    first = command.split(maxsplit=1)[0] if command.split() else ""
    relative = "/" in first and not first.startswith("/") and re.fullmatch(r"[\w./+-]+", first)
    if relative and not (tree / first).exists() and (root / first).is_file():
        command = command.replace(first, shlex.quote(str(root / first)), 1)
    return ["/bin/sh", "-c", command]


def _moved(path: str, root: Path, tree: Path) -> str:
    """Return a path inside of the user's work tree as one of the scratch tree."""
    real = os.path.realpath(path)
    return str(tree / os.path.relpath(real, root)) if Path(real).is_relative_to(root) else path
