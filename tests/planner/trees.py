"""Small trees in memory: planned without git, phases applied, imports checked by code that shares nothing with ours."""

import ast
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from textwrap import dedent

from consolidate.planning import plan_with
from consolidate.workers import Workers
from planner.config import Config, parse
from planner.graph import Loadings, loadings
from planner.model import Plan, Reference, apply_edits, blob_id
from planner.snapshot import File

Tree = dict[str, bytes]
CONFIG = "consolidate.toml"


def reader(files: Mapping[str, str], asked: list[str] | None = None) -> Callable[[Sequence[str]], dict[str, Loadings]]:
    """Return what an `ImportGraph` reads statements by; the paths that it asks for are added to `asked`."""

    def read(paths: Sequence[str]) -> dict[str, Loadings]:
        if asked is not None:
            asked.extend(paths)
        return {path: loadings(path, files[path].encode()) for path in paths}

    return read


class MemorySnapshot:
    """`planner.snapshot.Snapshot` over a dictionary."""

    absent = "its object is missing"

    def __init__(self, tree: Mapping[str, bytes]) -> None:
        self._tree = tree
        self.files = tuple(File(path, "100644", blob_id(data)) for path, data in sorted(tree.items()))

    def read(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        for path in paths:
            yield path, self._tree.get(path)

    def known(self, paths: Sequence[str]) -> Mapping[str, str]:
        return {path: blob_id(self._tree[path]) for path in paths if path in self._tree}

    def containing(self, needles: Sequence[str], kinds: tuple[str, ...] = ()) -> frozenset[str]:
        wanted = [needle.encode() for needle in needles]
        tree = {path: data for path, data in self._tree.items() if path.endswith(kinds or ("",))}
        return frozenset(path for path, data in tree.items() if any(needle in data for needle in wanted))

    def seek(self, needles: Sequence[str], kinds: tuple[str, ...] = ()) -> Callable[[], frozenset[str]]:
        return lambda: self.containing(needles, kinds)

    def missing(self, paths: Sequence[str]) -> frozenset[str]:
        return frozenset(path for path in paths if path not in self._tree)


def tree(**files: str) -> Tree:
    """Return a tree from indented texts; a path is written with `__` for `/`, and `.py` is added."""
    return {name.replace("__", "/") + ".py": dedent(text).lstrip("\n").encode() for name, text in files.items()}


def config_of(files: Mapping[str, bytes]) -> Config:
    return parse(tomllib.loads(files[CONFIG].decode()), CONFIG)


def plan_of(files: Mapping[str, bytes]) -> Plan:
    with Workers() as workers:
        return plan_with(workers, MemorySnapshot(files), config_of(files), "0" * 40, lambda *_: None)


def apply_plan(files: Mapping[str, bytes], plan: Plan) -> list[Tree]:
    """Return the tree before, and after each phase; every edit and every object id of the plan must fit."""
    stages = [dict(files)]
    for phase in plan.phases:
        current = dict(stages[-1])
        for edit in phase.files:
            old = current.get(edit.path, b"")
            assert blob_id(old) == edit.blob or (edit.created and edit.path not in current), edit.path
            new = apply_edits(old, edit.edits, edit.path)
            if edit.deleted:
                del current[edit.path]
            else:
                assert blob_id(new) == edit.result, edit.path
                current[edit.path] = new
        stages.append(current)
    return stages


def line_of(item: Reference) -> str:
    """Return a reference as expectations write it: `path:line form action`, and the reason behind a colon."""
    head = f"{item.path}:{item.line} {item.form} {item.action}"
    return f"{head}: {item.reason}" if item.reason else head


def shown(plan: Plan) -> list[str]:
    return [line_of(item) for item in plan.references]


def dangling(files: Mapping[str, bytes]) -> set[tuple[str, str, str]]:
    """Return (path, module, name) of every import, at any depth, of something that the tree's own modules lack."""
    modules = {}
    for path, data in files.items():
        if path.endswith(".py"):
            try:
                parsed = ast.parse(data)
            except (SyntaxError, ValueError):
                continue
            modules[path[:-3].replace("/", ".").removesuffix(".__init__")] = (path, parsed)
    packages = {name.rsplit(".", depth)[0] for name in modules for depth in range(1, name.count(".") + 1)}
    found = set()
    for name, (path, parsed) in modules.items():
        for node in ast.walk(parsed):
            if isinstance(node, ast.Import):
                wanted = [(alias.name, "") for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                parts = name.split(".") + ([""] if path.endswith("__init__.py") else [])
                base = ".".join(parts[: -node.level]) if node.level else ""
                source = ".".join(filter(None, (base, node.module)))
                wanted = [(source, alias.name) for alias in node.names]
            else:
                continue
            for module, item in wanted:
                if module.partition(".")[0] not in {known.partition(".")[0] for known in modules}:
                    continue
                if not _has(modules, packages, module, item):
                    found.add((path, module, item))
    return found


def _has(modules: Mapping[str, tuple[str, ast.Module]], packages: set[str], module: str, item: str) -> bool:
    if module not in modules:
        return module in packages and (not item or f"{module}.{item}" in modules)
    if not item or item == "*" or f"{module}.{item}" in modules or f"{module}.{item}" in packages:
        return True
    parsed = modules[module][1]
    stars = any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in ast.walk(parsed))
    return stars or item in _bound(parsed)


def _bound(parsed: ast.Module) -> set[str]:
    """Return the names that a module has, roughly: too many rather than too few; those of a shim exactly."""
    names = set()
    for node in ast.walk(parsed):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).partition(".")[0])
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "_MOVED":
            names |= set(ast.literal_eval(node.value))
    return names
