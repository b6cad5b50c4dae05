"""Mentions: where text (a comment, a string, a document) names an engine, its module or its file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from heapq import heapify, heappop, heapreplace

from msgspec import Struct

from planner.legacy import Legacy


class Mention(Struct, frozen=True):
    """A mention at `start` to `end` (characters of the text that was searched).

    `kind` is "dotted" (a module, then `name` may follow), "path" or "name".
    """

    start: int
    end: int
    text: str
    kind: str
    module: str
    name: str


class Mentions:
    """Finds mentions of a migration's engines."""

    def __init__(self, legacy: Legacy) -> None:
        self._paths: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for module in legacy.modules.values():
            self._paths[module.path or module.name.replace(".", "/") + ".py"] = module.name
            for engine in module.engines:
                if engine.legacy.name:
                    self._names.setdefault(engine.legacy.last, module.name)
        modules = "|".join(re.escape(name) for name in sorted(legacy.modules, key=len, reverse=True))
        paths, names = ("|".join(map(re.escape, found)) for found in (self._paths, self._names))
        self._tokens = {name.rpartition(".")[2] for name in legacy.modules} | set(self._names)
        self._pattern = re.compile(
            rf"(?<![\w./])(?P<module>{modules})(?:[.:](?P<name>[A-Za-z_]\w*))?(?![\w/])"
            rf"|(?<![\w.-])(?:\./|/)?(?P<path>{paths})(?![\w/])"
            + (rf"|(?<!\w)(?P<bare>{names})(?!\w)" if names else "")
        )

    @property
    def sought(self) -> str:
        """What is looked for, as text: the same for who finds the same."""
        return repr((self._pattern.pattern, sorted(self._tokens), self._paths, self._names))

    @property
    def files(self) -> Mapping[str, str]:
        """The legacy modules by the path of their file."""
        return self._paths

    def find(self, text: str) -> Iterator[Mention]:
        """Yield the mentions in a text, in order."""
        for match in self._matches(text):
            groups = match.groupdict()
            start, end = match.span()
            if groups["module"]:
                yield Mention(start, end, match.group(), "dotted", groups["module"], groups["name"] or "")
            elif groups["path"]:
                yield Mention(start, end, match.group(), "path", self._paths[groups["path"]], "")
            else:
                name = groups["bare"]
                yield Mention(start, end, name, "name", self._names[name], name)

    def _matches(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the pattern's matches; it is tried only on lines that hold a token, which `find` sees much sooner."""
        upcoming = [(place, token) for token in self._tokens if (place := text.find(token)) >= 0]
        heapify(upcoming)
        while upcoming:
            start = text.rfind("\n", 0, upcoming[0][0]) + 1
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            yield from self._pattern.finditer(text, start, end)
            while upcoming and upcoming[0][0] <= end:
                token = upcoming[0][1]
                place = text.find(token, end + 1)
                if place >= 0:
                    heapreplace(upcoming, (place, token))
                else:
                    heappop(upcoming)
