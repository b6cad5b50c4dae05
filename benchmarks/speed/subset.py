"""A repository of 90 importers of one engine, for a tool that takes too long on the whole one."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath
from typing import Any

from changes import Subject, git, parses

FILES = 90


def first_engine(tables: dict[str, Any]) -> dict[str, Any]:
    """Return the first engine of the configuration that is to be moved."""
    return next(engine for engine in tables["engine"] if engine.get("mode") != "report")


def file_of(symbol: str) -> str:
    return symbol.partition(":")[0].replace(".", "/") + ".py"


def importers(subject: Subject, engine: dict[str, Any]) -> list[str]:
    """Return the first files, by path, that parse and have an import statement of the engine from its module."""
    module, _, name = engine["legacy"].partition(":")
    found = []
    for path in subject.importers:
        data = (subject.place / path).read_bytes()
        statement = f"from {module} import".encode()
        if statement in data and name.encode() in data.partition(statement)[2] and parses(data):
            found.append(path)
    return found[:FILES]


def make(subject: Subject, folder: Path) -> list[str]:
    """Make the repository, with consolidate.toml in the folder above it; return its importers.

    It has the importers, the legacy module, the replacement, and the `__init__.py` of their packages.
    """
    engine, target = first_engine(subject.tables), subject.tables["migration"]["target"]
    chosen = importers(subject, engine)
    wanted = {*chosen, file_of(engine["legacy"]), file_of(engine.get("replacement", target))}
    packages = {str(parent / "__init__.py") for path in wanted for parent in PurePosixPath(path).parents}
    for path in sorted(wanted | packages):
        if (subject.place / path).is_file():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(subject.place / path, folder / path)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "Benchmark")
    git(folder, "config", "user.email", "benchmark@example.org")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "Ninety files")
    lines = ["[migration]", 'name = "subset"', f'target = "{engine.get("replacement", target)}"', ""]
    lines += ["[[engine]]", f'legacy = "{engine["legacy"]}"', 'contract = "accept"', ""]
    folder.with_name(f"{folder.name}.toml").write_text("\n".join(lines), encoding="utf-8")
    return chosen
