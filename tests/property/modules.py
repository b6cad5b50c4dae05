"""The modules that do not use engines but make them: legacy modules, replacements, hubs, and the package's recorder."""

from __future__ import annotations

from tests.property.helpers import in_legacy
from tests.property.spec import Engine, Hub, Spec

RECORDER = '''\
"""Records what a program sees, in words that a migration leaves alone: classes and functions by their `kind`."""

import functools
import importlib
import typing

SEEN = []
REGISTERED = []


class Fake:
    kind = "fake"

    def __init__(self, *args, **keywords):
        pass

    def run(self):
        return "fake"


def see(number, *values):
    homes = [home for value in values for home in _homes(value)]
    SEEN.append((str(number), [_label(value) for value in values], homes))


def see_hints(number, function):
    if typing.TYPE_CHECKING:
        see(number, typing.get_type_hints(function))


def out(value):
    return value.run() if hasattr(value, "run") and not isinstance(value, type) else value


def register(engine):
    REGISTERED.append(engine)
    return lambda function: function


def load(text):
    module, _, name = text.replace(":", ".").rpartition(".")
    return getattr(importlib.import_module(module), name)


def _label(value):
    if isinstance(value, (str, int, float, bool, type(None))):
        return value
    if isinstance(value, (list, tuple)):
        return [_label(item) for item in value]
    if isinstance(value, dict):
        return [[str(key), _label(item)] for key, item in value.items()]
    if isinstance(value, functools.partial):
        return ["partial", _label(value.func)]
    kind = getattr(value, "kind", None)
    if isinstance(kind, str):
        return [kind, "an instance" if not isinstance(value, type) and hasattr(value, "left") else "itself"]
    arguments = typing.get_args(value)
    if arguments:
        return ["generic", *map(_label, arguments)]
    return getattr(value, "__name__", type(value).__name__)


def _homes(value):
    if isinstance(value, (list, tuple)):
        return [home for item in value for home in _homes(item)]
    if isinstance(value, dict):
        return _homes(list(value.values()))
    if typing.get_args(value):
        return [home for item in typing.get_args(value) for home in _homes(item)]
    moved = getattr(type(value), "_moved_to", None)
    if moved is not None:
        value = moved(value)
    if isinstance(getattr(value, "kind", None), str) and hasattr(value, "__qualname__"):
        return [f"{value.__module__}:{value.__qualname__}"]
    return []
'''

CLASS = """\
class {name}{bases}:
    kind = "{kind}"

    def __init__(self, left{default}, right=2):
        self.left, self.right = left, right

    def run(self):
        return ("{kind}", self.left, self.right)

    @classmethod
    def make(cls, left):
        return cls(left, right=7)

    @staticmethod
    def decorate(function):
        return function
"""
FUNCTION = """\
def {name}(left, right=2):
    return ("{kind}", left, right)


{name}.kind = "{kind}"
"""
BUILT_OLD = """\
class {name}:
    kind = "{kind}"

    def __init__(self, registry, bridge, ctx=None):
        self.left = (registry, bridge, ctx)

    def run(self):
        return ("{kind}", self.left)
"""
BUILT_NEW = """\
class {name}:
    kind = "{kind}"

    def __init__(self, *, parts):
        self.left = parts

    @classmethod
    def build(cls, registry, bridge, ctx=None):
        return cls(parts=(registry, bridge, ctx))

    def run(self):
        return ("{kind}", self.left)
"""
LACKING = '\n    def old_only(self):\n        return ("only", self.left)\n'


def definition(engine: Engine, name: str, old: bool, base: str = "") -> str:
    """Return the source of an engine or of its replacement: both do the same."""
    kind = f"K{engine.number}"
    if engine.style == "function":
        return FUNCTION.format(name=name, kind=kind)
    if engine.style == "call":
        return (BUILT_OLD if old else BUILT_NEW).format(name=name, kind=kind)
    bases = f"({base})" if base else "(Exception)" if engine.style == "error" else ""
    default = "=0" if engine.style == "wider" and not old else ""
    text = CLASS.format(name=name, kind=kind, bases=bases, default=default)
    if old and engine.style == "lacking":
        text += LACKING
    return text


def path(spec: Spec, module: str, package: bool = False) -> str:
    """Return the path of a module below the top package."""
    return f"{spec.top}/{module.replace('.', '/')}" + ("/__init__.py" if package else ".py")


def legacy_modules(spec: Spec) -> dict[str, str]:
    """Return the legacy modules, by path."""
    found: dict[str, str] = {}
    for module in sorted({engine.module for engine in spec.engines}):
        mine = [engine for engine in spec.engines if engine.module == module]
        parts = ['"""A module that is to go."""\n\nimport os\n']
        names: list[str] = []
        for engine in mine:
            names.append(engine.old)
            parts.append(_legacy(spec, engine, names))
        text = "\n".join(parts)
        if mine[0].has_all:
            text += f"\n\n__all__ = {names!r}\n"
        found[path(spec, module, mine[0].package)] = text
    return found


def _legacy(spec: Spec, engine: Engine, names: list[str]) -> str:
    number, top = engine.number, spec.top
    before, after = in_legacy(spec, engine)
    for extra in engine.extras:
        name = extra_name(extra, number)
        names.append(name)
        if extra == "imported":
            before += f"from {top}.core.types import {name}\n"
        elif extra == "renamed":
            after += f'\n\nclass {name}:\n    kind = "extra{number}"\n'
        elif extra == "private":
            after += f'\n\n{name} = "private"\n'
        else:
            body = f'("{extra}", os.sep)' if extra == "kept" else f'"{extra}"'
            after += f"\n\ndef {name}():\n    return {body}\n"
    if engine.redirect >= 0:
        twin = spec.engines[engine.redirect]
        shown = twin.old if twin.old == engine.old else f"{twin.old} as {engine.old}"
        return f"{before}from {top}.{twin.module} import {shown}\n{after}"
    base = ""
    if engine.base >= 0:
        parent = spec.engines[engine.base]
        before += f"from {top}.{parent.module} import {parent.old} as Base{number}\n"
        base = f"Base{number}"
    return f"{before}\n\n{definition(engine, engine.old, True, base)}{after}"


def extra_name(extra: str, number: int) -> str:
    """Return what an extra name of a legacy module is called."""
    return {"renamed": f"Setting{number}", "imported": f"Context{number}", "private": f"_state{number}"}.get(
        extra, f"{extra}_{number}"
    )


def new_modules(spec: Spec) -> dict[str, str]:
    """Return the replacements with the homes of the extra names, by path."""
    found: dict[str, str] = {path(spec, "recorder"): RECORDER}
    for module in sorted({engine.new_module for engine in spec.engines} | {"core.user_engine"}):
        text = '"""What is left in the end."""\n'
        done: set[str] = set()
        for engine in spec.engines:
            if engine.new_module == module and engine.redirect < 0 and engine.new not in done:
                done.add(engine.new)
                base = ""
                if engine.base >= 0:
                    parent = spec.engines[engine.base]
                    text += f"\nfrom {spec.top}.{parent.new_module} import {parent.new} as NewBase{engine.number}\n"
                    base = f"NewBase{engine.number}"
                text += f"\n\n{definition(engine, engine.new, False, base)}"
        if spec.closure and module == spec.engines[0].new_module:
            last = spec.engines[-1]
            text += f"\n\nfrom {spec.top}.{last.module} import {last.old} as _seen_from_here\n"
        found[path(spec, module)] = text
    homes, types = "", ""
    for engine in spec.engines:
        for extra in engine.extras:
            if extra == "moved":
                homes += f'\n\ndef moved_{engine.number}():\n    return "moved"\n'
            elif extra == "renamed":
                homes += f'\n\nclass Option{engine.number}:\n    kind = "extra{engine.number}"\n'
            elif extra == "imported":
                types += f'\n\nclass Context{engine.number}:\n    kind = "context{engine.number}"\n'
    found[path(spec, "core.homes")] = homes.lstrip()
    found[path(spec, "core.types")] = types.lstrip()
    return found


def hub_module(spec: Spec, hub: Hub) -> str:
    """Return a hub's source."""
    engine = spec.engines[hub.engine]
    source = spec.hubs[hub.source] if hub.source >= 0 else None
    module = f"{spec.top}.{source.module if source else engine.module}"
    before = source.name if source else engine.old
    shown = before if before == hub.name or hub.how == "assign" else f"{before} as {hub.name}"
    if hub.how == "star":
        text = f"from {module} import *\n"
    elif hub.how == "relative":
        text = f"from {relative(spec, hub.module, hub.package, module)} import {shown}\n"
    elif hub.how == "parens":
        text = f"from {module} import (  # what others take\n    {shown},  # the engine\n)\n"
    else:
        text = f"from {module} import {shown}\n"
    if hub.how == "assign":
        text += f"\n{hub.name} = {before}\n"
    if hub.has_all:
        text += f'\n__all__ = ["{hub.name}"]\n'
    return text


def relative(spec: Spec, module: str, package: bool, target: str) -> str:
    """Return `target` (a full dotted name) as a relative import in `module` (below the top package) spells it."""
    here = f"{spec.top}.{module}".split(".")
    if not package:
        here.pop()
    there = target.split(".")
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    return "." * (len(here) - common + 1) + ".".join(there[common:])
