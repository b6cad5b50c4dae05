"""The configuration as a value: `consolidate.toml`, or `[tool.consolidate]` of pyproject.toml, checked and typed.

`parse` takes the table that a TOML parser made and returns a Config or raises ConfigError, which names the table and
the key. What needs the repository's contents (does the replacement exist?) is checked by the planner, not here.
"""

from __future__ import annotations

import hashlib
import json
import keyword
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, cast

from planner.callrule import CallRule, CallRuleError, parse_rule
from planner.model import ShimKind, Symbol

_SUFFIXES = ("py", "pyi", "ipynb", "md", "rst", "toml", "yaml", "yml", "ini", "cfg", "json")
INCLUDE = tuple(f"**/*.{suffix}" for suffix in _SUFFIXES)
TESTS = ("tests/**", "**/tests/**", "**/test_*.py", "**/*_test.py", "**/conftest.py")
CODEMODS = (
    "deprecation-shim",
    "rewrite-imports",
    "rewrite-references",
    "rewrite-calls",
    "rewrite-strings",
    "rewrite-text",
    "python2",
    "remove-shim",
)
"""The ids of the codemods, which is all that the planner knows of them."""
SHIMS = ("auto", *ShimKind)
CONFIG_NAMES = ("consolidate.toml", "pyproject.toml")


class ConfigError(ValueError):
    """The configuration is wrong. `where` is `table.key`, `hint` what to do about it (may be empty)."""

    def __init__(self, what: str, where: str, hint: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.hint = what, where, hint


@dataclass(frozen=True, slots=True)
class Engine:
    """One `[[engine]]` table.

    `exports` maps another name of the legacy module to its home, or to None where it has no successor; `shim` is a
    ShimKind or "auto"; `contract` is "check" or "accept"; `mode` is "consolidate" or "report".
    """

    legacy: Symbol
    replacement: Symbol
    shim: str = "auto"
    contract: str = "check"
    on_name_clash: str = "alias"
    mode: str = "consolidate"
    exports: tuple[tuple[str, Symbol | None], ...] = ()
    call: CallRule | None = None

    @property
    def id(self) -> str:
        """The engine's id in plans and messages: its legacy symbol."""
        return str(self.legacy)


@dataclass(frozen=True, slots=True)
class PhaseSpec:
    """One `[[phase]]` table: which codemods, on which engines (ids or `*`), in which paths.

    `codemod_time_limit` is how many seconds a codemod of the user's own may take for one file.
    """

    title: str
    codemods: tuple[str, ...]
    engines: tuple[str, ...] = ("*",)
    paths: tuple[str, ...] = ("**",)
    codemod_time_limit: int = 10

    @property
    def own(self) -> tuple[str, ...]:
        """The codemods of the user's own: `package.module:Command`, in the order in which they run."""
        return tuple(name for name in self.codemods if ":" in name)

    @property
    def only_own(self) -> bool:
        """Whether no codemod of ours is in the phase: then the phase's files are those of `paths` and `engines`."""
        return len(self.own) == len(self.codemods)


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration. `sha256` is the digest of the table as canonical JSON, comments aside."""

    name: str
    target: Symbol
    engines: tuple[Engine, ...]
    phases: tuple[PhaseSpec, ...] = ()
    source_roots: tuple[str, ...] = (".",)
    include: tuple[str, ...] = INCLUDE
    exclude: tuple[str, ...] = ()
    tests: tuple[str, ...] = TESTS
    removal_version: str = ""
    max_files_per_phase: int = 100
    path: str = "consolidate.toml"
    sha256: str = ""


def parse(table: Mapping[str, Any], path: str = "consolidate.toml") -> Config:
    """Return the configuration that a parsed TOML table describes; raises ConfigError."""
    _keys(table, ("migration", "engine", "phase"), "")
    if "migration" not in table:
        raise ConfigError("the table [migration] is missing", "migration", "run `consolidate init`")
    migration = _table(table, "migration", "")
    where = "migration"
    _keys(migration, _MIGRATION_KEYS, where)
    name = _string(migration, "name", where)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", name):
        raise ConfigError(
            f"{name[:60]!r} is no migration name", "migration.name", "use 1 to 40 letters, digits, dots and dashes"
        )
    target = _symbol(_string(migration, "target", where), "migration.target")
    if not target.name:
        raise ConfigError(
            "the target must be a symbol, not a module", "migration.target", "write it `package.module:Name`"
        )
    maximum = migration.get("max-files-per-phase", 100)
    if not isinstance(maximum, int) or isinstance(maximum, bool) or not 1 <= maximum <= 100_000:
        raise ConfigError(
            "the number of files must be between 1 and 100000", "migration.max-files-per-phase", "give a whole number"
        )
    engines = _engines(table, target)
    return Config(
        name=name,
        target=target,
        engines=engines,
        phases=_phases(table, engines),
        source_roots=tuple(_root(root) for root in _strings(migration, "source-roots", where, (".",))),
        include=_strings(migration, "include", where, INCLUDE),
        exclude=_strings(migration, "exclude", where, ()),
        tests=_strings(migration, "tests", where, TESTS),
        removal_version=_string(migration, "removal-version", where, ""),
        max_files_per_phase=maximum,
        path=path,
        sha256=hashlib.sha256(json.dumps(table, sort_keys=True, default=str).encode()).hexdigest(),
    )


_MIGRATION_KEYS = (
    "name",
    "target",
    "source-roots",
    "include",
    "exclude",
    "tests",
    "removal-version",
    "max-files-per-phase",
)
_ENGINE_KEYS = ("legacy", "replacement", "shim", "contract", "on-name-clash", "mode", "exports", "call")
_PHASE_KEYS = ("title", "codemods", "engines", "paths", "codemod-time-limit")


def _engines(table: Mapping[str, Any], target: Symbol) -> tuple[Engine, ...]:
    engines: dict[Symbol, Engine] = {}
    for index, entry in enumerate(_tables(table, "engine"), 1):
        engine = _engine(entry, f"engine[{index}]", target)
        if engine.legacy in engines:
            raise ConfigError(
                f"two engines are called {engine.legacy}", f"engine[{index}].legacy", "keep one of the two tables"
            )
        engines[engine.legacy] = engine
    if not engines:
        raise ConfigError("there is no [[engine]] table", "engine", "name at least one legacy symbol")
    return tuple(engines.values())


def _engine(entry: Mapping[str, Any], where: str, target: Symbol) -> Engine:
    _keys(entry, _ENGINE_KEYS, where)
    legacy = _symbol(_string(entry, "legacy", where), f"{where}.legacy")
    replacement = _symbol(_string(entry, "replacement", where, str(target)), f"{where}.replacement")
    if legacy == replacement:
        raise ConfigError(f"{legacy} would replace itself", f"{where}.replacement", "name another symbol")
    if bool(legacy.name) != bool(replacement.name):
        raise ConfigError(
            f"{legacy} and {replacement} are not of one kind",
            f"{where}.replacement",
            "a module goes to a module, a symbol to a symbol",
        )
    exports: list[tuple[str, Symbol | None]] = []
    for name, home in _table(entry, "exports", where).items():
        if not _is_name(name):
            raise ConfigError(f"{name[:60]!r} is no Python name", f"{where}.exports", "write the name as in Python")
        if home is False:
            exports.append((name, None))
        elif isinstance(home, str):
            exports.append((name, _symbol(home, f"{where}.exports.{name}")))
        else:
            raise ConfigError(
                "an export goes to a symbol or, without successor, to false",
                f"{where}.exports.{name}",
                'write "package.module:Name" or false',
            )
    call = None
    if "call" in entry:
        rule = _table(entry, "call", where)
        _keys(rule, ("from", "to"), f"{where}.call")
        try:
            call = parse_rule(_string(rule, "from", f"{where}.call"), _string(rule, "to", f"{where}.call"))
        except CallRuleError as error:
            raise ConfigError(str(error), f"{where}.call.{error.key}", "use Python's own syntax") from None
    return Engine(
        legacy=legacy,
        replacement=replacement,
        shim=_choice(entry, "shim", where, SHIMS),
        contract=_choice(entry, "contract", where, ("check", "accept")),
        on_name_clash=_choice(entry, "on-name-clash", where, ("alias",)),
        mode=_choice(entry, "mode", where, ("consolidate", "report")),
        exports=tuple(sorted(exports, key=lambda item: item[0])),
        call=call,
    )


def _phases(table: Mapping[str, Any], engines: tuple[Engine, ...]) -> tuple[PhaseSpec, ...]:
    known = {name: engine.id for engine in engines for name in (engine.id, engine.legacy.last)}
    phases = []
    for index, entry in enumerate(_tables(table, "phase"), 1):
        where = f"phase[{index}]"
        _keys(entry, _PHASE_KEYS, where)
        codemods = _strings(entry, "codemods", where)
        for name in codemods:
            _codemod(name, f"{where}.codemods")
        limit = entry.get("codemod-time-limit", 10)
        if not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= 3600:
            raise ConfigError(
                "the limit must be between 1 and 3600 seconds", f"{where}.codemod-time-limit", "give a whole number"
            )
        chosen = _strings(entry, "engines", where, ("*",))
        for name in chosen:
            if name != "*" and name not in known:
                raise ConfigError(f"no engine is called {name[:80]}", f"{where}.engines", near(name, list(known)))
        title = _string(entry, "title", where)
        if not title.isprintable() or not title.strip():
            raise ConfigError("the title has no printable text", f"{where}.title", "write one line of text")
        phases.append(
            PhaseSpec(
                title=title,
                codemods=codemods,
                engines=tuple(known.get(name, name) for name in chosen),
                paths=_strings(entry, "paths", where, ("**",)),
                codemod_time_limit=limit,
            )
        )
    return tuple(phases)


def _codemod(name: str, where: str) -> None:
    """Check a codemod's id: one of ours, or a class `package.module:Command` (whether it exists is seen later)."""
    if ":" in name:
        command = _symbol(name, where)
        if "." in command.name:
            raise ConfigError(f"{name[:80]} is no class of a module", where, "write it `package.module:Command`")
    elif name not in CODEMODS:
        raise ConfigError(f"no codemod is called {name[:80]}", where, near(name, CODEMODS))


def _keys(table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in known:
            place = f"{where}.{key[:60]}" if where else key[:60]
            raise ConfigError(f"unknown key {key[:60]!r}", place, near(key, list(known)))


def near(name: str, known: Sequence[str]) -> str:
    """Return a hint for a name that is none of the known ones: the nearest of them, or what there is."""
    close = get_close_matches(name[:200], known, n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else f"known are {', '.join(sorted(known)[:20])}"


def _table(table: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        place = f"{where}.{key}" if where else key
        raise ConfigError(f"{place} must be a table", place, "write it as a TOML table")
    return value


def _tables(table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ConfigError(f"{key} must be an array of tables", key, f"write [[{key}]]")
    return value


def _string(table: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
    value = table.get(key, default)
    if value is None:
        raise ConfigError(f"the key {key!r} is missing", f"{where}.{key}", "add it")
    if not isinstance(value, str) or len(value) > 10_000:
        raise ConfigError(f"{key} must be a string", f"{where}.{key}", "write a short string")
    return value


def _strings(table: Mapping[str, Any], key: str, where: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
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


def _choice(table: Mapping[str, Any], key: str, where: str, choices: tuple[str, ...]) -> str:
    value = _string(table, key, where, choices[0])
    if value not in choices:
        raise ConfigError(
            f"{value[:60]!r} is no value of {key}", f"{where}.{key}", f"choose one of {', '.join(choices)}"
        )
    return value


def _is_name(text: str) -> bool:
    return text.isidentifier() and not keyword.iskeyword(text)


def _symbol(text: str, where: str) -> Symbol:
    module, colon, name = text.partition(":")
    parts = [*module.split("."), *(name.split(".") if colon else [])]
    if not all(_is_name(part) for part in parts):
        raise ConfigError(
            f"{text[:100]!r} is no symbol", where, "write `package.module:Name`, or `package.module` for a whole module"
        )
    return Symbol(module, name)


def _root(root: str) -> str:
    parts = [part for part in root.split("/") if part not in ("", ".")]
    if root.startswith("/") or ".." in parts:
        raise ConfigError(
            f"{root[:80]!r} leaves the repository", "migration.source-roots", "name folders of the repository"
        )
    return "/".join(parts) or "."
