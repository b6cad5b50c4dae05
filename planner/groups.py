"""Files that must be edited in one phase."""

from __future__ import annotations

from collections.abc import Sequence


class Groups:
    """Files that must be edited in the same phase: a union-find over paths, named by the smallest path."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, path: str) -> str:
        """Return the name of the path's group."""
        root = path
        while self._parent.get(root, root) != root:
            root = self._parent[root]
        self._parent[path] = root
        return root

    def join(self, first: str, second: str) -> None:
        """Put two paths into one group."""
        a, b = sorted((self.find(first), self.find(second)))
        self._parent[b] = a

    def sizes(self, paths: Sequence[str]) -> dict[str, int]:
        """Return how many of the paths are in each group."""
        result: dict[str, int] = {}
        for path in paths:
            result[self.find(path)] = result.get(self.find(path), 0) + 1
        return result
