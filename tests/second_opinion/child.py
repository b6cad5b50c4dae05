"""`python child.py ROOT PACKAGE...`: imports every module of the packages below ROOT and prints, as JSON, which
objects each place of their source saw. Nothing of consolidate is imported here, and nothing but the standard library.

The output: `modules` (name -> path), `failed` (module -> error), `unread` (files that were only seen as they ran),
`definitions` (numbered [module, name], name "" for the module itself) and
`sightings` (path -> rows of line, column, end line, end column, kind, how, through, numbers of definitions). `how` is
"ran" or "late"; a row without numbers saw objects that none of the packages defines.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import importlib
import importlib.machinery
import importlib.util
import io
import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType

sys.path.insert(0, str(Path(__file__).resolve().parent))
from instrument import SEE, STAR, Instrument, Site
from late import UNKNOWN, Late

_KEPT = (type, FunctionType, BuiltinFunctionType, ModuleType)
# One value for many: identity says nothing about where it comes from.
_SHARED = (int, float, complex, str, bytes, tuple, frozenset, type(None), type(NotImplemented), type(...))


class Recorder:
    """What was seen: site -> ids of objects; objects are kept, so an id stands for one object."""

    def __init__(self) -> None:
        self.sites: list[Site] = []
        self.seen: defaultdict[int, set[int]] = defaultdict(set)
        self.kept: dict[int, object] = {}

    def number(self, site: Site) -> int:
        self.sites.append(site)
        return len(self.sites) - 1

    def see(self, value: object, number: int) -> object:
        if isinstance(value, _KEPT):
            self.kept[id(value)] = value
            self.seen[number].add(id(value))
        else:
            self.seen[number].add(0)
        return value

    def star(self, source: str, package: str, number: int) -> None:
        module = sys.modules[importlib.util.resolve_name(source, package)]
        names = getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]
        for name in names:
            self.see(getattr(module, name, None), number)


class Loader(importlib.machinery.SourceFileLoader):
    """Compiles modules of the corpus with the instrument in them."""

    recorder: Recorder
    root: Path

    def get_code(self, fullname: str) -> CodeType:
        return self.source_to_code(self.get_data(self.path), self.path)

    def source_to_code(self, data: bytes, path: str, **_: object) -> CodeType:  # type: ignore[override]
        tree = ast.parse(data, path)
        name = Path(path).relative_to(self.root).as_posix()
        Instrument(name, tree, self.recorder.number).visit(tree)
        return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)


class Finder:
    """Finds the packages below the root, and nothing else."""

    def __init__(self, packages: set[str]) -> None:
        self.packages = packages

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        if name.partition(".")[0] not in self.packages:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path if path is not None else [str(Loader.root)])
        if spec is not None and type(spec.loader) is importlib.machinery.SourceFileLoader:
            spec.loader = Loader(spec.loader.name, spec.loader.path)
        return spec


def modules_of(root: Path, packages: list[str]) -> dict[str, str]:
    """Return the modules of the packages: dotted name -> path; packages before what is in them."""
    found = {}
    for package in packages:
        for path in sorted((root / package).rglob("*.py")):
            parts = list(path.relative_to(root).with_suffix("").parts)
            if all(part.isidentifier() for part in parts):
                found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.relative_to(root).as_posix()
    return dict(sorted(found.items()))


def load(modules: dict[str, str]) -> dict[str, str]:
    """Import all modules; returns module -> error for those that cannot be imported here."""
    failed = {}
    for name in modules:
        if name.rpartition(".")[0] in failed:  # each try would run the package again
            failed[name] = f"{name.rpartition('.')[0]} cannot be imported"
            continue
        try:
            importlib.import_module(name)
        except BaseException as error:  # noqa: BLE001 - a module may exit, or skip itself as a test
            failed[name] = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    return failed


def definitions_of(modules: dict[str, str], root: Path) -> tuple[dict[int, int], list[list[str]]]:
    """Return which object is which definition: id -> number, and the definitions by number.

    A class or function belongs to the module whose source defines it at module level; an object that a module
    assigns, to that module. An object with two homes has none.
    """
    firm: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    loose: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for name, path in modules.items():
        module = sys.modules.get(name)
        if module is None:
            continue
        firm[id(module)].add((name, ""))
        for node in top_level(ast.parse((root / path).read_bytes()).body):
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                bound, table = [node.name], firm
            elif isinstance(node, ast.Assign) and not isinstance(node.value, (ast.Name, ast.Attribute)):
                bound, table = [item.id for item in node.targets if isinstance(item, ast.Name)], loose
            else:
                continue
            for item in bound:
                value = vars(module).get(item)
                if not isinstance(value, _SHARED) and type(value) is not object:
                    table[id(value)].add((name, item))
    homes = {**{key: homes for key, homes in loose.items() if key not in firm}, **firm}
    single = {key: next(iter(where)) for key, where in homes.items() if len(where) == 1}
    numbers = {home: number for number, home in enumerate(sorted(set(single.values())))}
    return {key: numbers[home] for key, home in single.items()}, [list(home) for home in numbers]


def top_level(body: list[ast.stmt]) -> list[ast.stmt]:
    """Return the statements of a module, those in its conditions and `try` included."""
    found = []
    for node in body:
        found.append(node)
        if isinstance(node, (ast.If, ast.Try, ast.With)):
            inner = [*node.body, *getattr(node, "orelse", []), *getattr(node, "finalbody", [])]
            for handler in getattr(node, "handlers", []):
                inner += handler.body
            found += top_level(inner)
    return found


def main(root: Path, packages: list[str]) -> dict[str, object]:
    """Do all of it; the result is what is printed."""
    sys.setrecursionlimit(20_000)
    Loader.root, Loader.recorder = root, Recorder()
    recorder = Loader.recorder
    setattr(builtins, SEE, recorder.see)
    setattr(builtins, STAR, recorder.star)
    sys.meta_path.insert(0, Finder(set(packages)))  # type: ignore[arg-type]
    modules = modules_of(root, packages)
    failed = load(modules)

    late: dict[Site, tuple[list[object], str]] = {}
    through: dict[Site, str] = {}
    unread: dict[str, str] = {}

    def note(site: Site, value: object, how: str) -> None:
        through[site] = how
        if value is not UNKNOWN:
            values = list(value) if site.kind == "star" else [value]
            late.setdefault(site, ([], how))[0].extend(values)

    for name, path in modules.items():
        if name in sys.modules:
            try:
                Late(path, (root / path).read_bytes(), sys.modules[name], set(packages), note).run()
            except (SyntaxError, LookupError, RecursionError) as error:
                unread[path] = repr(error)
    numbers, definitions = definitions_of(modules, root)
    rows: defaultdict[Site, list[set[int]]] = defaultdict(lambda: [set(), set()])
    ran = set()
    for number, ids in recorder.seen.items():
        rows[recorder.sites[number]][0].update(numbers[key] for key in ids if key in numbers)
        ran.add(recorder.sites[number])
    for site, (values, _) in late.items():
        rows[site][1].update(numbers[id(value)] for value in values if id(value) in numbers)
    sightings: defaultdict[str, list[list[object]]] = defaultdict(list)
    for site, (now, then) in sorted(rows.items()):
        how = "ran" if site in ran and (now or not then) else "late"
        sightings[site.path].append([*site[1:], how, through.get(site, ""), sorted(now | then)])
    return {"modules": modules, "failed": failed, "unread": unread, "definitions": definitions, "sightings": sightings}


if __name__ == "__main__":
    sys.path.pop(0)
    sys.dont_write_bytecode = True
    arguments, sys.argv = sys.argv[1:], ["python"]
    sys.path.insert(0, arguments[0])
    printed = os.dup(1)  # what the corpus prints must not get between
    os.dup2(2, 1)
    with contextlib.redirect_stdout(io.StringIO()):
        result = main(Path(arguments[0]).resolve(), arguments[1:])
    with os.fdopen(printed, "w") as out:
        json.dump(result, out)
    out.close()
    os._exit(0)  # neither atexit handlers nor threads of the corpus
