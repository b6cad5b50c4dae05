"""The gate's ban in the words of other linters: ruff's banned-api (TID251), an import-linter contract.

They are quick and in editors already; what they cannot see, `check` does. Sources: ruff's rule banned-api and settings
lint.flake8-tidy-imports, lint.extend-per-file-ignores; import-linter's contract type "protected".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from planner.config import Config, Engine
from planner.layout import Layout
from planner.patterns import matcher

_GLOB = re.compile(r"[*?\[\]{}!]")


class Ban(Struct, frozen=True):
    """What is banned and who is excused.

    `apis` are dotted names with what to use instead, `modules` the legacy modules that the tree has and that hold no
    others, `importers` pairs of modules, importer and legacy, that the baseline has; `files` are paths that may name
    what is banned, `patterns` those that the configuration excludes, and `excluded` the modules there; all sorted.
    `roots` are the top-level packages.
    """

    migration: str
    apis: tuple[tuple[str, str], ...]
    modules: tuple[str, ...]
    roots: tuple[str, ...]
    files: tuple[str, ...]
    patterns: tuple[str, ...]
    excluded: tuple[str, ...]
    importers: tuple[tuple[str, str], ...]


def ban(config: Config, paths: Sequence[str], excused: Iterable[tuple[str, str]]) -> Ban:
    """Return the ban of a configuration in a tree of files; `excused` are the baseline's entries.

    A module is banned as a whole, as `check` finds whatever is taken from it, but for a package that other modules lie
    in: there the names are.
    """
    layout = Layout(paths, config.source_roots)
    modules = layout.modules
    parents = {module.rpartition(".")[0] for module in modules}
    apis: dict[str, str] = {}
    for engine in config.engines:
        module = engine.legacy.module
        if engine.legacy.name and module not in parents:
            apis.setdefault(module, f"it is being replaced ({config.name})")
        apis.update(_names(engine))
    excluded = matcher(config.exclude)
    legacy = {engine.legacy.module: layout.path(engine.legacy.module) for engine in config.engines}
    entries = sorted(set(excused))
    module_of = {engine.id: engine.legacy.module for engine in config.engines}
    pairs = {(layout.module(path), module_of[symbol]) for path, symbol in entries if symbol in module_of}
    return Ban(
        migration=config.name,
        apis=tuple(sorted(apis.items())),
        modules=tuple(sorted(module for module, path in legacy.items() if path and module not in parents)),
        roots=tuple(sorted({root for module in modules if layout.path(root := module.partition(".")[0])})),
        files=tuple(sorted({path for path in legacy.values() if path} | {path for path, _ in entries})),
        patterns=tuple(sorted(config.exclude)),
        excluded=tuple(module for module in modules if excluded.fullmatch(layout.path(module))),
        importers=tuple(sorted(pair for pair in pairs if pair[0])),
    )


def _names(engine: Engine) -> Iterable[tuple[str, str]]:
    yield engine.legacy.dotted, f"use {engine.replacement}" if engine.mode == "consolidate" else "it is legacy"
    for name, home in engine.exports:
        yield f"{engine.legacy.module}.{name}", f"use {home}" if home is not None else "it has no successor"


def ruff(wanted: Ban, *, pyproject: bool) -> str:
    """Return the ban as TOML for ruff: a file of its own (`extend = "…"`), or tables of pyproject.toml."""
    table = "tool.ruff.lint" if pyproject else "lint"
    lines = [
        f"# The engines of the migration {wanted.migration}: `consolidate export --format ruff` wrote it.",
        f"[{table}]",
        'extend-select = ["TID251"]',
        "",
        f"[{table}.flake8-tidy-imports.banned-api]",
        *(f"{_text(name)}.msg = {_text(message)}" for name, message in wanted.apis),
    ]
    ignored = [*map(_escaped, filter(_is_text, wanted.files)), *wanted.patterns]
    if ignored:
        lines += [
            "",
            "# The legacy modules themselves, what the baseline has, and what the migration excludes.",
            f"[{table}.extend-per-file-ignores]",
            *(f'{_text(pattern)} = ["TID251"]' for pattern in dict.fromkeys(ignored)),
        ]
    return "\n".join([*lines, ""])


def import_linter(wanted: Ban) -> str:
    """Return the ban as a contract of import-linter, in TOML as pyproject.toml has it."""
    inside = [module for module in wanted.excluded if module.partition(".")[0] in wanted.roots]
    ignored = [f"{importer} -> {module}" for importer, module in wanted.importers if module in wanted.modules]
    lines = [
        f"# The engines of the migration {wanted.migration}: `consolidate export --format import-linter` wrote it.",
        "[tool.importlinter]",
        f"root_packages = {_list(wanted.roots)}",
        "",
        "[[tool.importlinter.contracts]]",
        f'name = "Nothing more imports the engines of {wanted.migration}"',
        'type = "protected"',
        f"protected_modules = {_list(wanted.modules)}",
        f"allowed_importers = {_list(sorted({*wanted.modules, *inside}))}",
        "as_packages = false",
        *([f"ignore_imports = {_list(ignored)}", 'unmatched_ignore_imports_alerting = "none"'] if ignored else []),
    ]
    return "\n".join([*lines, ""])


def _list(items: Sequence[str]) -> str:
    return "".join(["[", *(f"\n    {_text(item)}," for item in items), "\n]" if items else "]"])


def _text(text: str) -> str:
    """Return a TOML string; JSON's escapes are TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _is_text(path: str) -> bool:
    """Tell if a path is UTF-8: TOML holds no other."""
    return not any("\ud800" <= char <= "\udfff" for char in path)


def _escaped(path: str) -> str:
    """Return a path as a glob that selects it alone."""
    return _GLOB.sub(lambda found: f"[{found[0]}]", path)
