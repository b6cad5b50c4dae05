"""The `[check]` table of the configuration: what the gate is told. It has no part in what is planned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from planner.tables import ConfigError, check_keys, near, string_of, strings_of, table_of

BASELINE = ".consolidate-baseline.json"
RULES = ("legacy-reference", "shim-past-removal", "shim-unused")
"""The ids of what the gate looks for; `consolidate.gate.rules` describes them."""


class CheckSettings(Struct, frozen=True):
    """What the gate is told.

    `baseline` is the path of the baseline file from the repository's root, `current_version` the version that shims are
    judged by ("" for that of pyproject.toml), `ignore` the ids of rules that are not looked at.
    """

    baseline: str = BASELINE
    current_version: str = ""
    ignore: tuple[str, ...] = ()


def check_settings(table: Mapping[str, Any]) -> CheckSettings:
    """Return the settings of a configuration's `[check]` table; raises ConfigError."""
    entry = table_of(table, "check", "")
    check_keys(entry, ("baseline", "current-version", "ignore"), "check")
    ignore = strings_of(entry, "ignore", "check", ())
    for rule in ignore:
        if rule not in RULES:
            raise ConfigError(f"no rule is called {rule[:60]!r}", "check.ignore", near(rule, RULES))
    version = string_of(entry, "current-version", "check", "")
    if not version.isprintable() or len(version) > 60:
        raise ConfigError("the version is not one short line of text", "check.current-version", 'write "1.4"')
    return CheckSettings(_file(string_of(entry, "baseline", "check", BASELINE)), version, ignore)


def _file(path: str) -> str:
    """Return the path of a file of the repository, without empty parts and single dots."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if not path.isprintable() or path.startswith("/") or path.endswith("/") or ".." in parts or not parts:
        raise ConfigError(f"{path[:80]!r} is no file of the repository", "check.baseline", f'write "{BASELINE}"')
    return "/".join(parts)
