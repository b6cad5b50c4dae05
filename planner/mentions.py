"""Mentions: where text (a comment, a string, a document) names an engine, its module or its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planner.legacy import Legacy


@dataclass(frozen=True, slots=True)
class Mention:
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
        paths = "|".join(re.escape(path) for path in sorted(self._paths, key=len, reverse=True))
        names = "|".join(re.escape(name) for name in sorted(self._names, key=len, reverse=True))
        self._pattern = re.compile(
            rf"(?<![\w./])(?P<module>{modules})(?:[.:](?P<name>[A-Za-z_]\w*))?(?![\w/])"
            rf"|(?<![\w.-])(?:\./|/)?(?P<path>{paths})(?![\w/])"
            + (rf"|(?<!\w)(?P<bare>{names})(?!\w)" if names else "")
        )

    def find(self, text: str) -> Iterator[Mention]:
        """Yield the mentions in a text, in order."""
        for match in self._pattern.finditer(text):
            groups = match.groupdict()
            start, end = match.span()
            if groups["module"]:
                yield Mention(start, end, match.group(), "dotted", groups["module"], groups["name"] or "")
            elif groups["path"]:
                yield Mention(start, end, match.group(), "path", self._paths[groups["path"]], "")
            else:
                name = groups["bare"]
                yield Mention(start, end, name, "name", self._names[name], name)
