"""Which file is edited in which phase: the default phases, or those of the configuration (contract.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from planner.config import Config, PhaseSpec
from planner.graph import ImportGraph
from planner.layout import Layout
from planner.model import FileEdit
from planner.patterns import matcher
from planner.tables import ConfigError

IMPORTERS = ("rewrite-imports", "rewrite-references", "rewrite-calls", "rewrite-strings", "python2")


class Unit(Struct, frozen=True):
    """Files that must be edited together: paths, the codemods that their edits need, the engines that they concern."""

    paths: tuple[str, ...]
    codemods: frozenset[str]
    engines: frozenset[str]


class Draft(Struct, frozen=True):
    """A phase before it is numbered: its title, the units that it takes, and its number among the `[[phase]]` tables.

    The last is 0 for a default phase. A phase that has codemods of the user's own alone takes no units.
    """

    title: str
    units: tuple[Unit, ...]
    table: int = 0


def units(
    edits: Mapping[str, FileEdit], groups: Mapping[str, str], engines: Mapping[str, frozenset[str]]
) -> list[Unit]:
    """Return the units of the given edits; `groups` and `engines` are by path."""
    members: dict[str, list[str]] = {}
    for path in sorted(edits):
        members.setdefault(groups.get(path, path), []).append(path)
    return [
        Unit(
            tuple(paths),
            frozenset(edit.codemod for path in paths for edit in edits[path].edits),
            frozenset().union(*(engines.get(path, frozenset()) for path in paths)),
        )
        for _, paths in sorted(members.items())
    ]


def draft(
    config: Config, shims: Sequence[Unit], importers: Sequence[Unit], texts: Sequence[Unit], order: ImportOrder
) -> list[Draft]:
    """Return the phases in order. Raises ConfigError where a `[[phase]]` selects nothing."""
    if config.phases:
        return _configured(config, [*shims, *importers, *texts])
    is_test = matcher(config.tests)
    application = [unit for unit in importers if not all(is_test.fullmatch(path) for path in unit.paths)]
    tests = [unit for unit in importers if all(is_test.fullmatch(path) for path in unit.paths)]
    drafts = [Draft("Put shims in place of the legacy modules", tuple(shims))] if shims else []
    drafts += _chunks("Move the application's importers", order.leaf_first(application), config.max_files_per_phase)
    drafts += _chunks("Move the tests and their patch targets", tests, config.max_files_per_phase)
    drafts += _chunks("Move documents and settings files", texts, config.max_files_per_phase)
    return drafts


def _chunks(title: str, ordered: Sequence[Unit], largest: int) -> list[Draft]:
    chunks: list[list[Unit]] = []
    size = 0
    for unit in ordered:
        if not chunks or size + len(unit.paths) > largest:
            chunks.append([])
            size = 0
        chunks[-1].append(unit)
        size += len(unit.paths)
    if len(chunks) == 1:
        return [Draft(title, tuple(chunks[0]))]
    return [Draft(f"{title}, part {number} of {len(chunks)}", tuple(chunk)) for number, chunk in enumerate(chunks, 1)]


def _configured(config: Config, all_units: Sequence[Unit]) -> list[Draft]:
    left = list(all_units)
    drafts: list[Draft] = []
    for index, spec in enumerate(config.phases, 1):
        if spec.only_own:
            drafts.append(Draft(spec.title, (), index))
            continue
        chosen = [unit for unit in left if _selects(spec, unit)]
        left = [unit for unit in left if unit not in chosen]
        if all_units and not chosen and "remove-shim" not in spec.codemods:
            raise ConfigError(
                f"the phase {spec.title!r} selects nothing",
                f"phase[{index}].paths",
                "compare its paths, engines and codemods with `consolidate plan`",
            )
        if chosen:
            drafts.append(Draft(spec.title, tuple(chosen), index))
    return drafts


def _selects(spec: PhaseSpec, unit: Unit) -> bool:
    codemods = set(spec.codemods)
    if "rewrite-imports" in codemods:
        codemods.add("rewrite-references")
    paths = matcher(spec.paths)
    return (
        unit.codemods <= codemods
        and ("*" in spec.engines or unit.engines <= set(spec.engines))
        and any(paths.fullmatch(path) for path in unit.paths)
    )


class ImportOrder:
    """Orders units so that importers come before what they import; units that import one another stay together."""

    def __init__(self, layout: Layout, graph: ImportGraph) -> None:
        self._layout, self._graph = layout, graph

    def leaf_first(self, wanted: Sequence[Unit]) -> list[Unit]:
        """Return the units, leaf importers first; ties by path, so that the order is the same on every machine."""
        owner = {self._layout.module(path): number for number, unit in enumerate(wanted) for path in unit.paths}
        edges: dict[int, set[int]] = {}
        for number, unit in enumerate(wanted):
            targets = {
                owner[module]
                for path in unit.paths
                for module in self._graph.edges(self._layout.module(path))
                if module in owner
            }
            edges[number] = targets - {number}
        ordered: list[Unit] = []
        for component in _components(edges):
            members = sorted(component)
            ordered += [_merge([wanted[number] for number in members])] if len(members) > 1 else [wanted[members[0]]]
        return ordered


def _merge(members: Sequence[Unit]) -> Unit:
    return Unit(
        tuple(sorted(path for unit in members for path in unit.paths)),
        frozenset().union(*(unit.codemods for unit in members)),
        frozenset().union(*(unit.engines for unit in members)),
    )


def _components(edges: Mapping[int, set[int]]) -> list[list[int]]:
    """Return the strongly connected components, importers before what they import (Tarjan 1972, reversed)."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[list[int]] = []
    for root in sorted(edges):
        if root in index:
            continue
        work = [(root, iter(sorted(edges[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, successors = work[-1]
            following = next(successors, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component: list[int] = []
                    while not component or component[-1] != node:
                        component.append(stack.pop())
                        on_stack.discard(component[-1])
                    found.append(component)
            elif following not in index:
                index[following] = low[following] = len(index)
                stack.append(following)
                on_stack.add(following)
                work.append((following, iter(sorted(edges[following]))))
            elif following in on_stack:
                low[node] = min(low[node], index[following])
    return list(reversed(found))
