"""Compares a plan's references with what Python saw and with grimp's graph; every difference gets its explanation."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.second_opinion.corpus import Engine, Sighting, Truth, import_sources, resolve
from tests.second_opinion.explain import LISTED_ONLY, UNLISTED, Place

IMPORTS = frozenset({"from-import", "module-import", "star-import", "re-export"})


@dataclass(slots=True)
class Opinion:
    """The outcome: counts by explanation, and what none explains."""

    counts: Counter[str] = field(default_factory=Counter)
    explained: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    unexplained: list[str] = field(default_factory=list)


class Comparison:
    """One plan beside one truth."""

    def __init__(self, root: Path, truth: Truth, engines: list[Engine], plan: dict) -> None:
        self.root, self.truth, self.engines = root, truth, {engine.module: engine for engine in engines}
        self.name_of = {path: name for name, path in truth.modules.items()}
        self.opinion = Opinion()
        self.references = plan["references"]
        self.at: defaultdict[tuple[str, int], list[dict]] = defaultdict(list)
        for reference in self.references:
            self.at[reference["path"], reference["line"]].append(reference)
        self.seen: defaultdict[tuple[str, int, int], list[Sighting]] = defaultdict(list)
        for item in truth.sightings:
            self.seen[item.path, item.line, item.column].append(item)
        self.source = cache(lambda path: (root / path).read_bytes())
        self.tree = cache(lambda path: ast.parse(self.source(path)))
        self.import_sources = cache(lambda path: import_sources(self.name_of[path], root / path))

    def imported_modules(self, path: str) -> dict[str, str]:
        """Return what plain imports of a file bind: local name -> module."""
        return {
            alias.asname or alias.name.partition(".")[0]: alias.name
            for node in ast.walk(self.tree(path))
            if isinstance(node, ast.Import)
            for alias in node.names
        }

    def sightings(self) -> None:
        """Each place that saw something of a legacy module must be listed, or explained."""
        for item in self.truth.sightings:
            for module in sorted({module for module, _ in item.saw} & set(self.engines)):
                engine = self.engines[module]
                names = {name for home, name in item.saw if home == module}
                self.opinion.counts["seen"] += 1
                self.opinion.counts[f"seen, {item.how}"] += 1
                found = self.listed(item, engine)
                if found:
                    self.opinion.counts["seen and listed"] += 1
                    continue
                place = Place(item, engine, names, self)
                reason = next((rule.id for rule in UNLISTED if rule.holds(place)), "")
                if reason:
                    self.opinion.explained["seen, not listed"][reason] += 1
                else:
                    self.opinion.unexplained.append(
                        f"{item.path}:{item.line}:{item.column}: saw {engine.module}:{sorted(names)} by {item.kind},"
                        f" {item.how}, {item.through}; not listed: {self.line(item.path, item.line)}"
                    )

    def listed(self, item: Sighting, engine: Engine) -> bool:
        """Tell whether a reference of the engine stands where something was seen."""
        if item.kind in {"name", "attribute"}:
            lines, columns = range(item.line, item.line + 1), {item.column}
        else:
            lines, columns = range(item.line, item.end_line + 1), set()
        return any(
            reference["engine"] == engine.id and (not columns or reference["column"] in columns)
            for line in lines
            for reference in self.at[item.path, line]
            if item.kind != "import" or reference["form"] in IMPORTS
        )

    def references_seen(self) -> None:
        """Each reference must have seen something of its legacy module, or is explained."""
        by_id = {engine.id: engine for engine in self.engines.values()}
        for reference in self.references:
            engine = by_id.get(reference["engine"])
            if engine is None:
                continue
            self.opinion.counts["listed"] += 1
            self.opinion.counts[f"listed, {reference['action']}"] += 1
            here = self.places(reference)
            if any(module == engine.module for item in here for module, _ in item.saw):
                self.opinion.counts["listed and seen"] += 1
                continue
            place = Place(here[0] if here else None, engine, set(), self, reference, tuple(here))
            reason = next((rule.id for rule in LISTED_ONLY if rule.holds(place)), "")
            if reason:
                self.opinion.explained["listed, not seen"][reason] += 1
            else:
                self.opinion.unexplained.append(
                    f"{reference['path']}:{reference['line']}:{reference['column']}: {reference['form']} of {engine.id}"
                    f", {reference['action']}; saw {[(item.kind, item.how, sorted(item.saw)) for item in here]}:"
                    f" {self.line(reference['path'], reference['line'])} [{reference['text']}] {reference['reason']}"
                )

    def places(self, reference: dict) -> list[Sighting]:
        """Return what was seen where a reference stands: at its place; for an import or a string, on its line."""
        path, line, column = reference["path"], reference["line"], reference["column"]
        exact = self.seen[path, line, column]
        if exact or reference["form"] not in IMPORTS | {"quoted-annotation"}:
            return exact
        kinds = {"quoted"} if reference["form"] == "quoted-annotation" else {"import", "star"}
        return [item for item in self.on_lines(path) if item.kind in kinds and item.line <= line <= item.end_line]

    def on_lines(self, path: str) -> list[Sighting]:
        """Return all that a file saw."""
        if not hasattr(self, "_by_path"):
            self._by_path: defaultdict[str, list[Sighting]] = defaultdict(list)
            for item in self.truth.sightings:
                self._by_path[item.path].append(item)
        return self._by_path[path]

    def edges(self, rows: list[list]) -> None:
        """Each edge of grimp into a legacy module must be listed where it is, each importing reference be an edge."""
        edges = defaultdict(set)
        for importer, module, line in rows:
            path = self.truth.modules[importer]
            edges[module].add(path)
            self.opinion.counts["grimp edges"] += 1
            lines = self.statement(path, line)
            engine = self.engines[module]
            if any(item["engine"] == engine.id for number in lines for item in self.at[path, number]):
                self.opinion.counts["grimp edges listed"] += 1
            elif path == self.truth.modules[module]:
                self.opinion.explained["grimp edge, not listed"]["own-module"] += 1
            else:
                self.opinion.unexplained.append(f"{path}:{line}: grimp: imports {module}; {self.line(path, line)}")
        for reference in self.references:
            engine = next((item for item in self.engines.values() if item.id == reference["engine"]), None)
            if engine is None or reference["form"] not in IMPORTS:
                continue
            self.opinion.counts["listed imports"] += 1
            if reference["path"] in edges[engine.module]:
                self.opinion.counts["listed imports with an edge"] += 1
            elif self.takes_elsewhere(reference, engine):
                self.opinion.explained["listed import, no edge"]["re-export: taken from another module"] += 1
            else:
                self.opinion.unexplained.append(
                    f"{reference['path']}:{reference['line']}: {reference['form']} of {engine.id} but no edge in grimp:"
                    f" {self.line(reference['path'], reference['line'])}"
                )

    def takes_elsewhere(self, reference: dict, engine: Engine) -> bool:
        """Tell whether the statement at a reference names another module than the legacy one."""
        path = reference["path"]
        package = path.removesuffix(".py").replace("/", ".").rpartition(".")[0]
        for node in ast.walk(self.tree(path)):
            if isinstance(node, ast.ImportFrom) and node.lineno <= reference["line"] <= (node.end_lineno or 0):
                source = resolve("." * node.level + (node.module or ""), package)
                return source != engine.module and all(f"{source}.{a.name}" != engine.module for a in node.names)
        return False

    def statement(self, path: str, line: int) -> range:
        """Return the lines of the import statement at a line."""
        for node in ast.walk(self.tree(path)):
            if isinstance(node, (ast.Import, ast.ImportFrom)) and node.lineno <= line <= (node.end_lineno or 0):
                return range(node.lineno, (node.end_lineno or 0) + 1)
        return range(line, line + 1)

    def line(self, path: str, number: int) -> str:
        """Return a line of a file, for people."""
        lines = self.source(path).decode(errors="replace").splitlines()
        return lines[number - 1].strip()[:120] if number <= len(lines) else ""
