"""Import cycles are kept whole, importers before what they import: compared with reachability."""

import itertools
import random

from planner.phases import _components


def reachable(edges: dict[int, set[int]], start: int) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        following = edges[waiting.pop()] - found
        found |= following
        waiting += following
    return found


def test_components_are_the_sets_that_reach_one_another_in_order() -> None:
    chance = random.Random(3)
    for size in itertools.islice(itertools.cycle(range(1, 8)), 200):
        edges = {node: {chance.randrange(size) for _ in range(chance.randrange(3))} - {node} for node in range(size)}
        found = _components(edges)
        assert sorted(node for component in found for node in component) == list(range(size))
        reach = {node: reachable(edges, node) for node in edges}
        for component in found:
            for node in component:
                assert {other for other in reach[node] if node in reach[other]} == set(component)
        place = {node: number for number, component in enumerate(found) for node in component}
        assert all(place[node] <= place[other] for node, others in edges.items() for other in others)
