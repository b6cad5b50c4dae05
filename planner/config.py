"""The configuration as a value: `consolidate.toml`, or `[tool.consolidate]` of pyproject.toml, checked and typed.

`parse` takes the table that a TOML parser made and returns a Config or raises ConfigError, which names the table and
the key. What needs the repository's contents (does the replacement exist?) is checked by the planner, not here.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from planner.callrule import CallRule, CallRuleError, parse_rule
from planner.check_settings import BASELINE, CheckSettings, check_settings
from planner.held import Held
from planner.model import ShimKind, Symbol
from planner.patterns import fault
from planner.tables import (
    ConfigError,
    check_keys,
    choice_of,
    is_name,
    near,
    root_of,
    string_of,
    strings_of,
    symbol_of,
    table_of,
    tables_of,
)

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


class Engine(Struct, frozen=True):
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


class PhaseSpec(Struct, frozen=True):
    """One `[[phase]]` table: which codemods, on which engines (ids or `*`), in which paths.

    `codemod_time_limit` is how many seconds a codemod of the user's own may take for one file.
    """

    title: str
    codemods: tuple[str, ...]
    engines: tuple[str, ...]
    paths: tuple[str, ...]
    codemod_time_limit: int

    @property
    def own(self) -> tuple[str, ...]:
        """The codemods of the user's own: `package.module:Command`, in the order in which they run."""
        return tuple(name for name in self.codemods if ":" in name)

    @property
    def only_own(self) -> bool:
        """Whether no codemod of ours is in the phase: then the phase's files are those of `paths` and `engines`."""
        return len(self.own) == len(self.codemods)


class Config(Struct, frozen=True):
    """The whole configuration; `held` is what reviewers rejected, which is not in the file.

    `sha256` is the digest of what plans depend on, as canonical JSON: of `check` only the file that is left out.
    """

    name: str
    target: Symbol
    engines: tuple[Engine, ...]
    phases: tuple[PhaseSpec, ...]
    source_roots: tuple[str, ...]
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    tests: tuple[str, ...]
    removal_version: str
    max_files_per_phase: int
    path: str
    sha256: str
    check: CheckSettings = field(default_factory=CheckSettings)
    held: tuple[Held, ...] = ()


def parse(table: Mapping[str, Any], path: str = "consolidate.toml") -> Config:
    """Return the configuration that a parsed TOML table describes; raises ConfigError."""
    check_keys(table, ("migration", "engine", "phase", "check"), "")
    if "migration" not in table:
        raise ConfigError("the table [migration] is missing", "migration", "run `consolidate init`")
    migration = table_of(table, "migration", "")
    where = "migration"
    check_keys(migration, _MIGRATION_KEYS, where)
    name = string_of(migration, "name", where)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", name):
        raise ConfigError(
            f"{name[:60]!r} is no migration name", "migration.name", "use 1 to 40 letters, digits, dots and dashes"
        )
    target = symbol_of(string_of(migration, "target", where), "migration.target")
    if not target.name:
        raise ConfigError(
            "the target must be a symbol, not a module", "migration.target", "write it `package.module:Name`"
        )
    maximum = migration.get("max-files-per-phase", 100)
    if not isinstance(maximum, int) or isinstance(maximum, bool) or not 1 <= maximum <= 100_000:
        what = "the number of files must be between 1 and 100000"
        raise ConfigError(what, "migration.max-files-per-phase", "give a whole number")
    engines = _engines(table, target)
    return Config(
        name=name,
        target=target,
        engines=engines,
        phases=_phases(table, engines),
        source_roots=tuple(root_of(root) for root in strings_of(migration, "source-roots", where, (".",))),
        include=_patterns(migration, "include", where, INCLUDE),
        exclude=_patterns(migration, "exclude", where, ()),
        tests=_patterns(migration, "tests", where, TESTS),
        removal_version=_version(migration, where),
        max_files_per_phase=maximum,
        path=path,
        sha256=_digest(table, check := check_settings(table)),
        check=check,
    )


def _digest(table: Mapping[str, Any], check: CheckSettings) -> str:
    table = {key: value for key, value in table.items() if key != "check"}
    if check.baseline != BASELINE:
        table["check"] = {"baseline": check.baseline}
    return hashlib.sha256(json.dumps(table, sort_keys=True, default=str).encode()).hexdigest()


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
    for index, entry in enumerate(tables_of(table, "engine"), 1):
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
    check_keys(entry, _ENGINE_KEYS, where)
    legacy = symbol_of(string_of(entry, "legacy", where), f"{where}.legacy")
    replacement = symbol_of(string_of(entry, "replacement", where, str(target)), f"{where}.replacement")
    if legacy == replacement:
        raise ConfigError(f"{legacy} would replace itself", f"{where}.replacement", "name another symbol")
    if bool(legacy.name) != bool(replacement.name):
        raise ConfigError(
            f"{legacy} and {replacement} are not of one kind",
            f"{where}.replacement",
            "a module goes to a module, a symbol to a symbol",
        )
    exports: list[tuple[str, Symbol | None]] = []
    for name, home in table_of(entry, "exports", where).items():
        if not is_name(name):
            raise ConfigError(f"{name[:60]!r} is no Python name", f"{where}.exports", "write the name as in Python")
        if home is False:
            exports.append((name, None))
        elif isinstance(home, str):
            exports.append((name, symbol_of(home, f"{where}.exports.{name}")))
        else:
            raise ConfigError(
                "an export goes to a symbol or, without successor, to false",
                f"{where}.exports.{name}",
                'write "package.module:Name" or false',
            )
    call = None
    if "call" in entry:
        rule = table_of(entry, "call", where)
        check_keys(rule, ("from", "to"), f"{where}.call")
        try:
            call = parse_rule(string_of(rule, "from", f"{where}.call"), string_of(rule, "to", f"{where}.call"))
        except CallRuleError as error:
            raise ConfigError(str(error), f"{where}.call.{error.key}", "use Python's own syntax") from None
    return Engine(
        legacy=legacy,
        replacement=replacement,
        shim=choice_of(entry, "shim", where, SHIMS),
        contract=choice_of(entry, "contract", where, ("check", "accept")),
        on_name_clash=choice_of(entry, "on-name-clash", where, ("alias",)),
        mode=choice_of(entry, "mode", where, ("consolidate", "report")),
        exports=tuple(sorted(exports, key=lambda item: item[0])),
        call=call,
    )


def _phases(table: Mapping[str, Any], engines: tuple[Engine, ...]) -> tuple[PhaseSpec, ...]:
    known = {name: engine.id for engine in engines for name in (engine.id, engine.legacy.last)}
    phases = []
    for index, entry in enumerate(tables_of(table, "phase"), 1):
        where = f"phase[{index}]"
        check_keys(entry, _PHASE_KEYS, where)
        codemods = strings_of(entry, "codemods", where)
        for name in codemods:
            _codemod(name, f"{where}.codemods")
        limit = entry.get("codemod-time-limit", 10)
        if not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= 3600:
            raise ConfigError(
                "the limit must be between 1 and 3600 seconds", f"{where}.codemod-time-limit", "give a whole number"
            )
        chosen = strings_of(entry, "engines", where, ("*",))
        for name in chosen:
            if name != "*" and name not in known:
                raise ConfigError(f"no engine is called {name[:80]}", f"{where}.engines", near(name, list(known)))
        title = string_of(entry, "title", where)
        if not title.isprintable() or not title.strip():
            raise ConfigError("the title has no printable text", f"{where}.title", "write one line of text")
        phases.append(
            PhaseSpec(
                title=title,
                codemods=codemods,
                engines=tuple(known.get(name, name) for name in chosen),
                paths=_patterns(entry, "paths", where, ("**",)),
                codemod_time_limit=limit,
            )
        )
    return tuple(phases)


def _patterns(table: Mapping[str, Any], key: str, where: str, default: tuple[str, ...]) -> tuple[str, ...]:
    patterns = strings_of(table, key, where, default)
    for pattern in patterns:
        if why := fault(pattern):
            raise ConfigError(f"{pattern[:80]!r} is no pattern", f"{where}.{key}", why)
    return patterns


def _version(migration: Mapping[str, Any], where: str) -> str:
    """Return the version that goes into the shims' text."""
    version = string_of(migration, "removal-version", where, "")
    if not version.isprintable() or len(version) > 60:
        raise ConfigError("the version is not one short line of text", f"{where}.removal-version", 'write "2.0"')
    return version


def _codemod(name: str, where: str) -> None:
    """Check a codemod's id: one of ours, or a class `package.module:Command` (whether it exists is seen later)."""
    if ":" in name:
        command = symbol_of(name, where)
        if "." in command.name:
            raise ConfigError(f"{name[:80]} is no class of a module", where, "write it `package.module:Command`")
    elif name not in CODEMODS:
        raise ConfigError(f"no codemod is called {name[:80]}", where, near(name, CODEMODS))
