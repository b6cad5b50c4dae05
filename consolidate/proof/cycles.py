"""Import cycles at module level, which bite when a name is taken from a module that is still being imported."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from msgspec import Struct

from consolidate.proof.imports import ModuleFacts

Graph = dict[str, tuple[str, ...]]


class Cycle(Struct, frozen=True, order=True):
    """A cycle of imports: each module imports the next, the last one the first."""

    modules: tuple[str, ...]

    def __str__(self) -> str:
        return " -> ".join((*self.modules, self.modules[0]))


def graph(facts: Mapping[str, ModuleFacts]) -> Graph:
    """Return module -> modules that importing it imports, among those given (keyed by module), sorted.

    Imports in functions and under `if TYPE_CHECKING` are no edges. Importing `a.b.c` runs `a` and `a.b` too; where they
    do not already contain the importer, that is an edge.
    """
    return {module: tuple(sorted(set(_edges(item, facts)) - {module})) for module, item in sorted(facts.items())}


def _edges(facts: ModuleFacts, known: Mapping[str, ModuleFacts]) -> Iterator[str]:
    inside = f"{facts.module}."
    for item in facts.imports:
        if not item.top or item.typing:
            continue
        target = item.module
        submodule = f"{target}.{item.name}" if item.name and item.name != "*" else ""
        if submodule in known:
            yield submodule
            target = submodule
        elif target in known:
            yield target
        while target := target.rpartition(".")[0]:
            if target in known and not inside.startswith(f"{target}."):
                yield target


def import_cycles(facts: Mapping[str, ModuleFacts]) -> tuple[tuple[str, ...], ...]:
    """Return the strongly connected components of more than one module, sorted."""
    return tuple(sorted(tuple(sorted(group)) for group in _components(graph(facts)) if len(group) > 1))


def new_cycles(before: Mapping[str, ModuleFacts], after: Mapping[str, ModuleFacts]) -> tuple[Cycle, ...]:
    """Return, for each import that closes a cycle between modules which were in none together, the shortest such cycle.

    Both maps are keyed by module. The result is sorted; a cycle is told once, beginning with its least module.
    """
    old, new = graph(before), graph(after)
    together = _membership(old)
    now = _membership(new)
    found = set()
    for module, targets in new.items():
        known = set(old.get(module, ()))
        for target in targets:
            if target in known or now[module] != now[target]:
                continue
            if module in together and target in together and together[module] == together[target]:
                continue
            path = _path(new, target, module)
            least = path.index(min(path))
            found.add(Cycle(tuple(path[least:] + path[:least])))
    return tuple(sorted(found))


def _membership(edges: Graph) -> dict[str, int]:
    return {module: number for number, group in enumerate(_components(edges)) for module in group}


def _path(edges: Graph, start: str, goal: str) -> list[str]:
    """Return the shortest way from `start` to `goal`, both included; there is one, as they are in one component."""
    came: dict[str, str] = {}
    queue = deque([start])
    while goal not in came and queue:
        module = queue.popleft()
        for target in edges.get(module, ()):
            if target not in came and target != start:
                came[target] = module
                queue.append(target)
    path = [goal]
    while path[-1] != start:
        path.append(came[path[-1]])
    return path[::-1]


def _components(edges: Graph) -> list[list[str]]:
    """Return the strongly connected components (Tarjan 1972), iteratively."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    waiting: set[str] = set()
    found: list[list[str]] = []
    for root in edges:
        if root in index:
            continue
        work: list[tuple[str, Iterator[str]]] = [(root, iter(edges[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        waiting.add(root)
        while work:
            module, targets = work[-1]
            for target in targets:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    waiting.add(target)
                    work.append((target, iter(edges.get(target, ()))))
                    break
                if target in waiting:
                    low[module] = min(low[module], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[module])
                if low[module] == index[module]:
                    group = [stack.pop()]
                    while group[-1] != module:
                        group.append(stack.pop())
                    waiting.difference_update(group)
                    found.append(group)
    return found
