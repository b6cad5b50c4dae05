"""Values out of a TOML table, checked: each error names the table and the key."""

from __future__ import annotations

import keyword
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, cast

from planner.model import Symbol


class ConfigError(ValueError):
    """The configuration is wrong. `where` is `table.key`, `hint` what to do about it (may be empty)."""

    def __init__(self, what: str, where: str, hint: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.hint = what, where, hint


def check_keys(table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    """Refuse a key that is none of the known ones."""
    for key in table:
        if key not in known:
            place = f"{where}.{key[:60]}" if where else key[:60]
            raise ConfigError(f"unknown key {key[:60]!r}", place, near(key, list(known)))


def near(name: str, known: Sequence[str]) -> str:
    """Return a hint for a name that is none of the known ones: the nearest of them, or what there is."""
    close = get_close_matches(name[:200], known, n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else f"known are {', '.join(sorted(known)[:20])}"


def table_of(table: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    """Return a table within a table, an empty one where there is none."""
    value = table.get(key, {})
    if not isinstance(value, dict):
        place = f"{where}.{key}" if where else key
        raise ConfigError(f"{place} must be a table", place, "write it as a TOML table")
    return value


def tables_of(table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """Return an array of tables, empty where there is none."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ConfigError(f"{key} must be an array of tables", key, f"write [[{key}]]")
    return value


def string_of(table: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
    """Return a string; without a default the key is needed."""
    value = table.get(key, default)
    if value is None:
        raise ConfigError(f"the key {key!r} is missing", f"{where}.{key}", "add it")
    if not isinstance(value, str) or len(value) > 10_000:
        raise ConfigError(f"{key} must be a string", f"{where}.{key}", "write a short string")
    return value


def strings_of(
    table: Mapping[str, Any], key: str, where: str, default: tuple[str, ...] | None = None
) -> tuple[str, ...]:
    """Return a list of strings; without a default the key is needed."""
    value = table.get(key)
    if value is None:
        if default is None:
            raise ConfigError(f"the key {key!r} is missing", f"{where}.{key}", "add it")
        return default
    if not isinstance(value, list) or not all(isinstance(item, str) and len(item) < 10_000 for item in value):
        raise ConfigError(f"{key} must be a list of strings", f"{where}.{key}", 'write ["…", "…"]')
    if not value and key not in ("exclude", "tests"):
        raise ConfigError(f"{key} is empty", f"{where}.{key}", "name at least one")
    return tuple(cast("list[str]", value))


def choice_of(table: Mapping[str, Any], key: str, where: str, choices: tuple[str, ...]) -> str:
    """Return one of the choices, the first where the key is missing."""
    value = string_of(table, key, where, choices[0])
    if value not in choices:
        raise ConfigError(
            f"{value[:60]!r} is no value of {key}", f"{where}.{key}", f"choose one of {', '.join(choices)}"
        )
    return value


def is_name(text: str) -> bool:
    """Tell whether a text can be a name in Python."""
    return text.isidentifier() and not keyword.iskeyword(text)


def symbol_of(text: str, where: str) -> Symbol:
    """Return the symbol that `package.module:Name` or `package.module` names."""
    module, colon, name = text.partition(":")
    parts = [*module.split("."), *(name.split(".") if colon else [])]
    if not all(is_name(part) for part in parts):
        raise ConfigError(
            f"{text[:100]!r} is no symbol", where, "write `package.module:Name`, or `package.module` for a whole module"
        )
    return Symbol(module, name)


def root_of(root: str) -> str:
    """Return a folder of the repository, as a path without dots (`.` for the repository itself)."""
    parts = [part for part in root.split("/") if part not in ("", ".")]
    if "\0" in root:
        raise ConfigError(f"{root[:80]!r} is no path", "migration.source-roots", "name folders of the repository")
    if root.startswith("/") or ".." in parts:
        raise ConfigError(
            f"{root[:80]!r} leaves the repository", "migration.source-roots", "name folders of the repository"
        )
    return "/".join(parts) or "."
