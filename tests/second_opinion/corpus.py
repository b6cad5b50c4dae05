"""The files of a comparison: whole installed packages, copied into a git repository of their own, and the engines."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

SUCCESSORS = "second_opinion_successors"
HERE = Path(__file__).parent


class CannotRunError(RuntimeError):
    """A step of the comparison did not come to its end."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place that saw a definition of the corpus: `how` is "ran" or "late", `through` how the place came by it."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    kind: str
    how: str
    through: str
    saw: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Truth:
    """What Python saw: every place that ran or could be evaluated, those that saw none of the corpus included."""

    modules: dict[str, str]
    failed: dict[str, str]
    unread: dict[str, str]
    definitions: frozenset[tuple[str, str]]
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine of the comparison; `name` is empty for a whole module."""

    module: str
    name: str
    ranking: str

    @property
    def id(self) -> str:
        return f"{self.module}:{self.name}" if self.name else self.module


def copy_packages(root: Path, packages: dict[str, Path]) -> None:
    """Copy packages (name -> folder) below the root; compiled twins of a source stay behind."""
    for name, folder in packages.items():
        shutil.copytree(folder, root / name, ignore=shutil.ignore_patterns("__pycache__", ".git"))
        for path in [path for pattern in ("*.so", "*.pyd") for path in (root / name).rglob(pattern)]:
            if path.with_name(path.name.partition(".")[0] + ".py").exists():
                path.unlink()


def installed(names: list[str]) -> dict[str, Path]:
    """Return the folders of installed packages."""
    found = {}
    for name in names:
        spec = importlib.util.find_spec(name)
        if spec is None or not spec.submodule_search_locations:
            raise CannotRunError(f"{name} is not installed here, or not a package")
        found[name] = Path(spec.submodule_search_locations[0])
    return found


def observe(root: Path, packages: list[str], limit: int) -> Truth:
    """Import the packages in a child process and return what their places saw."""
    output = child([str(HERE / "child.py"), str(root), *packages], root, limit)
    data = json.loads(output)
    names = [tuple(item) for item in data["definitions"]]
    sightings = tuple(
        Sighting(path, *row[:7], frozenset(names[number] for number in row[7]))
        for path, rows in data["sightings"].items()
        for row in rows
    )
    return Truth(data["modules"], data["failed"], data["unread"], frozenset(names), sightings)


def child(arguments: list[str], root: Path, limit: int) -> bytes:
    """Run a Python program on the corpus, away from the checkout, and return what it prints."""
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "HOME": str(root.parent)}
    done = subprocess.run(
        [sys.executable, "-P", "-W", "ignore", *arguments],
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=limit,
        check=False,
    )
    if done.returncode:
        raise CannotRunError(f"{Path(arguments[0]).name}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


def choose(truth: Truth, root: Path, count: int) -> list[Engine]:
    """Choose engines by rule: what most files see, in turn from five rankings, one engine a module.

    Classes, functions, what files take from another module than its own, what star imports bring, and whole modules.
    """
    kinds = {home: kind for module, path in truth.modules.items() for home, kind in defined(module, root / path)}
    files: defaultdict[str, defaultdict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    sources = {path: import_sources(module, root / path) for module, path in truth.modules.items()}
    for item in truth.sightings:
        for home in item.saw:
            kind = "module" if not home[1] else kinds.get(home, "")
            if not kind or item.path == truth.modules[home[0]]:
                continue
            files[kind][home].add(item.path)
            if item.kind == "star" and home[1]:
                files["star"][home].add(item.path)
            elif item.kind == "import" and home[1] and sources[item.path].get((item.line, item.column)) != home[0]:
                files["re-exported"][home].add(item.path)
    rankings = [
        [Engine(*home, kind) for home, _ in sorted(files[kind].items(), key=lambda pair: (-len(pair[1]), pair[0]))]
        for kind in ("class", "function", "re-exported", "star", "module")
    ]
    chosen: dict[str, Engine] = {}
    for engine in (item for row in zip_longest(*rankings) for item in row if item is not None):
        package = not engine.name and truth.modules[engine.module].endswith("__init__.py")
        if engine.module not in chosen and not package and len(chosen) < count:
            chosen[engine.module] = engine
    return sorted(chosen.values(), key=lambda engine: engine.id)


def defined(module: str, path: Path) -> list[tuple[tuple[str, str], str]]:
    """Return the classes and functions that a module's source defines at its top, with their kind."""
    tree = ast.parse(path.read_bytes())
    return [
        ((module, node.name), "class" if isinstance(node, ast.ClassDef) else "function")
        for node in tree.body
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
    ]


def import_sources(module: str, path: Path) -> dict[tuple[int, int], str]:
    """Return the module of each from-import, by the place of the name that it binds."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    return {
        (alias.lineno, alias.col_offset): resolve("." * node.level + (node.module or ""), package)
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def resolve(name: str, package: str) -> str:
    """Return the absolute name of what an import names."""
    try:
        return importlib.util.resolve_name(name, package)
    except ImportError:
        return name


def commit(root: Path, engines: list[Engine], truth: Truth) -> None:
    """Write successors and configuration, and commit what is Python.

    Every second engine maps all names of its module, so that they are rewritten; for the others they are listed.
    """
    (root / SUCCESSORS).mkdir()
    (root / SUCCESSORS / "__init__.py").write_text("")
    tables = []
    for number, engine in enumerate(engines):
        kinds = defined(engine.module, root / truth.modules[engine.module])
        suffix = "Successor" if engine.name else ""
        lines = [
            f"class {name}{suffix}: ..." if kind == "class" else f"def {name}{suffix}(*args, **kwargs): ..."
            for (_, name), kind in dict(kinds).items()
        ]
        (root / SUCCESSORS / f"s{number}.py").write_text("\n".join(lines) + "\n")
        successor = f"{SUCCESSORS}.s{number}" + (f":{engine.name}{suffix}" if engine.name else "")
        lines = ["[[engine]]", f'legacy = "{engine.id}"', f'replacement = "{successor}"', 'contract = "accept"']
        if number % 2 == 0 and engine.name:
            lines.append("[engine.exports]")
            others = {name for (_, name), _ in kinds} - {engine.name}
            lines += [f'{name} = "{SUCCESSORS}.s{number}:{name}{suffix}"' for name in sorted(others)]
        tables.append("\n".join(lines))
    first = next(engine for engine in engines if engine.name)
    number = engines.index(first)
    head = ["[migration]", 'name = "second-opinion"', f'target = "{SUCCESSORS}.s{number}:{first.name}Successor"']
    head += ['include = ["**/*.py"]', "tests = []"]
    (root / "consolidate.toml").write_text("\n".join(head) + "\n\n" + "\n\n".join(tables) + "\n")
    for arguments in (
        ["init", "-q"],
        ["add", "-f", "--", "*.py", "consolidate.toml"],
        ["commit", "-q", "-m", "corpus"],
    ):
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@t", "-c", "core.autocrlf=false", *arguments],
            cwd=root,
            check=True,
            capture_output=True,
        )


def plan(root: Path, limit: int) -> dict:
    """Return the plan of the committed corpus."""
    return json.loads(child(["-m", "consolidate", "-C", str(root), "plan", "--json"], root, limit))
