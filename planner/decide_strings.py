"""Strings that name an engine: entries of `__all__`, patch targets, dotted names that something resolves."""

from __future__ import annotations

import re

from planner.deciding import Deciding
from planner.decision import Rename
from planner.examine_strings import CONSTRUCTED
from planner.facts import MEMBER_ROLES, Text
from planner.found import Found, FoundFile
from planner.model import Action, Symbol


class StringDecider(Deciding):
    """Decides what becomes of strings."""

    def _text(self, item: Found, symbol: Symbol) -> None:
        text = self.facts.texts[item.text]
        if item.form == "all-entry":
            local = self.names.local(self.file, item.binding)
            if local is None or local.name == text.value:
                item.listed = text.value != symbol.last
                item.stay(Action.LEFT, f"the local name is kept: {local.kept}" if local and local.kept else "it stays")
                return
            self._change(item, text, local.name)
            self.proof_renames.add((f"{self.file.module}.{text.value}", f"{self.file.module}.{local.name}"))
            return
        passed = item.form == "patch-target" and text.role == "patch" and self._passed_by(item)
        if item.via and not passed:
            new = self.names.renamed(item.via[0])
            if not new:
                item.stay(Action.LEFT, f"{item.via[0].module} keeps its local name")
                return
            value = new if text.role in MEMBER_ROLES else text.value
            if value is text.value:
                value = _renamed(text.value, item, new)
            self.proof_renames.add((item.via[0].dotted, f"{item.via[0].module}.{new}"))
            self._change(item, text, value)
            return
        if text.role in MEMBER_ROLES:
            self._beside_module(item, text, symbol)
            return
        if item.form != "patch-target" and item.constructed_by_rule:
            item.stay(Action.MANUAL, CONSTRUCTED)
            return
        if item.form == "patch-target" and not passed and not self._follows(item):
            return
        if item.rest and item.form == "patch-target" and not self._has_member(symbol, item.rest[0]):
            item.stay(Action.MANUAL, f"it patches `{item.rest[0]}`, absent on {symbol.last}", needs_legacy=True)
            return
        if text.member is not None and text.role == "import":
            self._taken_at_once(item, text, text.member, symbol)
            return
        if passed:
            self._change(item, text, ".".join([symbol.dotted, *item.rest]))
        else:
            self._change(item, text, _replaced(text.value, item.key.dotted, symbol.dotted))

    def _passed_by(self, item: Found) -> bool:
        """Tell whether a patch of a member acts on a legacy class that stays, while all uses it can act on have moved.

        A member is patched in the class itself, wherever that was taken from: so the patch follows what the file uses,
        and the code that it imports.
        """
        if not item.rest or item.key.module in self.names.replaced or item.key.module not in self._present():
            return False
        if item.via and self.names.handed_on(item.via[0]) is not None:
            return False
        users = [
            (site, user) for site, user in self.names.reach.users(self.file, item.key) if not _is_of_import(site, user)
        ]
        return bool(users) and all(self._moves(site, user) for site, user in users)

    def _moves(self, site: FoundFile, item: Found) -> bool:
        if item.use >= 0 and item.alias >= 0:
            stars = (other for other in site.references if other.alias == item.alias and other.use < 0)
            return any(other.action is Action.REWRITTEN for other in stars)
        if item.use >= 0 or item.text >= 0:
            return item.action is Action.REWRITTEN or (bool(item.via) and self.names.handed_on(item.via[0]) is not None)
        return item.alias >= 0 and not item.stays

    def _beside_module(self, item: Found, text: Text, symbol: Symbol) -> None:
        """Rename the string of `patch.object(module, "Name")`, if its module has moved."""
        module = next(other for other in self.file.references if other.text == item.text and other.use >= 0)
        if module.action is not Action.REWRITTEN:
            item.stay(Action.MANUAL, module.stays or "its module is not rewritten")
        elif text.value == symbol.last:
            item.listed = False
            item.stay(Action.LEFT, "the name stays the same")
        else:
            self._change(item, text, symbol.last)

    def _taken_at_once(self, item: Found, text: Text, member: tuple[str, int, int], symbol: Symbol) -> None:
        """Rewrite `import_module("module").Name`: the string and the attribute."""
        self._change(item, text, symbol.module)
        if item.action is Action.REWRITTEN and member[0] != symbol.name:
            self.renames.append(Rename(member[1], member[2], member[0], symbol.name, text.line))
            item.new += f").{symbol.name}"
        self.proof_renames.add((item.key.dotted, symbol.dotted))

    def _follows(self, item: Found) -> bool:
        """Tell whether a patch of a legacy name is to follow: to where the name is looked up after the migration."""
        sites = self.names.reach.look_ups(self.file, item.key)
        if any(not moved for _, moved in sites):
            site = next(site for site, moved in sites if not moved)
            item.stay(Action.LEFT, f"{site.path} looks it up on the legacy path, where it stays")
            return False
        if not sites and item.key.module not in self.names.replaced and item.key.module in self._present():
            item.stay(Action.LEFT, "the legacy implementation, which stays, looks it up here")
            return False
        return True

    def _present(self) -> frozenset[str]:
        return frozenset(name for name, module in self.resolver.legacy.modules.items() if module.path)

    def _has_member(self, symbol: Symbol, member: str) -> bool:
        interface = self.resolver.interfaces.of(symbol)
        return not interface.kind or member in interface.members or interface.kind != "class"


def _is_of_import(file: FoundFile, item: Found) -> bool:
    """Tell whether a reference is a use of a name that an import of the symbol binds: the import decides."""
    return item.binding >= 0 and any(
        other.binding == item.binding and other.use < 0 and other is not item for other in file.of(item.key)
    )


def _replaced(value: str, old: str, new: str) -> str:
    """Replace a leading dotted name, the colon of an entry point (`module:Name`) kept."""
    dotted = value.replace(":", ".", 1)
    if dotted != old and not dotted.startswith(old + "."):
        return value
    result = new + dotted[len(old) :]
    if ":" in value:
        module, _, rest = new.rpartition(".")
        result = f"{module}:{rest}{dotted[len(old) :]}"
    return result


def _renamed(value: str, item: Found, new: str) -> str:
    """Rename what a module hands on in a dotted name, whatever modules lead to it; the colon is kept."""
    parts = re.split(r"([.:])", value)
    place = len(parts) - 1 - 2 * len(item.rest)
    if place < 0 or parts[place] != item.via[0].name:
        return value
    return "".join([*parts[:place], new, *parts[place + 1 :]])
