"""What the steps from an inventory to a Decision share: the file, what is decided of it, and calls by the rule."""

from __future__ import annotations

from planner.bridge import bridge
from planner.decision import CallMove, Move, Rename, StarMove
from planner.facts import Text, Use
from planner.found import Found, FoundFile
from planner.model import Action
from planner.names import Names
from planner.resolve import Resolver


class Deciding:
    """The decisions of one file while they are made."""

    def __init__(self, file: FoundFile, names: Names, resolver: Resolver) -> None:
        self.file, self.facts, self.names, self.resolver = file, file.facts, names, resolver
        self.moves: list[Move] = []
        self.stars: list[StarMove] = []
        self.renames: list[Rename] = []
        self.calls: list[CallMove] = []
        self.strings: list[Rename] = []
        self.proof_renames: set[tuple[str, str]] = set()
        self.proof_strings: set[tuple[str, str]] = set()
        self.proof_stars: set[tuple[str, tuple[str, ...]]] = set()
        self.proof_calls: set[tuple[str, str]] = set()

    def _call(self, item: Found, use: Use, callee: str) -> bool:
        """Rewrite a construction by the engine's rule; tell whether there is one."""
        rule = item.destination.engine.call
        if item.form != "call" or use.call is None or rule is None or item.rest or item.destination.home:
            return False
        if item.destination.engine.legacy != item.key:
            return False
        taken = bridge(rule, use.call)
        if isinstance(taken, str):
            item.stay(Action.MANUAL, f"{taken} (line {item.line})")
            return True
        self.calls.append(CallMove(item.use, taken, callee))
        aliases = self.facts.bindings[item.binding].aliases if item.binding >= 0 else ()
        paths = {item.key.dotted, *(step.dotted for step in item.via)}
        paths |= {s.dotted for o in self.file.references if o.alias in aliases for s in o.via}
        self.proof_calls |= {(path, item.destination.engine.id) for path in paths}
        item.action = Action.REWRITTEN
        item.new = rule.expression.replace(rule.root, callee, 1)
        return True

    def _written(self, level: int, module: str) -> str:
        """Return a module as a statement spells it: relative where it was and still can be with as many dots."""
        package = self.resolver.layout.absolute(self.file.path, "", level) if level else ""
        if package and module.startswith(package + "."):
            return "." * level + module[len(package) + 1 :]
        return module

    def _change(self, item: Found, text: Text, value: str) -> None:
        if not text.simple or value == text.value:
            item.stay(Action.MANUAL, "the string is written in a way that cannot be edited with certainty")
            return
        self.strings.append(Rename(text.start, text.end, text.value, value, text.line))
        item.action, item.new = Action.REWRITTEN, f'"{value}"'
        self.proof_strings.add((text.value, value))
