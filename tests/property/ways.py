"""How an importer reaches an engine: the statement, and the expression that stands for the engine behind it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.property.modules import extra_name, relative
from tests.property.spec import Importer, Probe, Spec


@dataclass(frozen=True, slots=True)
class Access:
    """`lines` bind what `expression` starts with; `root` is the name that they bind.

    `direct` tells that the root is the engine itself; `module` is an expression for its module, "" where there is none;
    `names` are the extra names that are bound, too. `hints` marks a name that only a type checker sees.
    """

    lines: tuple[str, ...]
    expression: str
    root: str = ""
    direct: bool = False
    module: str = ""
    names: tuple[str, ...] = ()
    hints: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """What a way needs to know: `module` is the legacy module, `written` and `parent` as the statement spells it."""

    module: str
    written: str
    parent: str
    old: str
    new: str
    number: int
    local: bool
    extras: tuple[str, ...]
    bound: dict[str, str]
    random: Random

    def takes(self, name: str, meaning: str) -> bool:
        """Tell whether the module can bind a name to this meaning, and let it."""
        return self.local or self.bound.setdefault(name, meaning) == meaning

    @property
    def alias(self) -> str:
        return f"Local{self.number}"


def access(spec: Spec, importer: Importer, probe: Probe, bound: dict[str, str]) -> Access:
    """Return the access of a probe; `bound` tells what the module's names mean so far, and is added to."""
    random = Random(probe.salt)
    if probe.way.startswith("hub") and probe.hub >= 0:
        return _hub(spec, importer, probe, random, bound)
    engine = spec.engines[probe.engine]
    module = f"{spec.top}.{engine.module}"
    package = module.rpartition(".")[0]
    is_relative = random.random() < 0.3
    place = _Place(
        module=module,
        written=relative(spec, importer.module, importer.package, module) if is_relative else module,
        parent=relative(spec, importer.module, importer.package, package) if is_relative else package,
        old=engine.old,
        new=engine.new,
        number=probe.number,
        local=probe.local,
        extras=tuple(extra_name(extra, engine.number) for extra in engine.extras if random.random() < 0.8),
        bound=bound,
        random=random,
    )
    way = "from" if probe.way.startswith("hub") or (probe.way == "star" and probe.local) else probe.way
    if way in ("from", "from-many", "star", "from-parens") and not place.takes(engine.old, f"{module}.{engine.old}"):
        way = "from-as"
    if way.startswith("from") or way == "star":
        return _from(way, place)
    if way.startswith("import") and way != "importlib":
        return _import(way, spec.top, place)
    if way in ("try", "try-missing", "twice", "conditional", "type-checking"):
        return _guarded(way, spec.top, place)
    return _dynamic(way, module, engine.old, probe.number)


def _from(way: str, place: _Place) -> Access:
    written, old, alias, random = place.written, place.old, place.alias, place.random
    line = f"from {written} import {old} as {alias}"
    if way == "from":
        return Access((f"from {written} import {old}",), old, old, True)
    if way == "star":
        return Access((f"from {written} import *",), old, old, True)
    if way == "from-as-new":
        name = place.new if place.takes(place.new, place.module) else alias
        shown = old if name == old else f"{old} as {name}"
        return Access((f"from {written} import {shown}",), name, name, True)
    if way in ("from-many", "from-parens"):
        every = [old, *place.extras]
        random.shuffle(every)
        if way == "from-many":
            return Access((f"from {written} import {', '.join(every)}",), old, old, True, "", place.extras)
        inner = [f"    {name}," + random.choice(("", f"  # about {name}")) for name in every]
        if random.random() < 0.3:
            inner.insert(0, "    # what we need")
        head = f"from {written} import (" + random.choice(("", "  # all of it"))
        return Access((head, *inner, ")"), old, old, True, "", place.extras)
    if way == "from-semicolon":
        return Access((random.choice((f"import os; {line}", f"{line}; import os", f"{line};")),), alias, alias, True)
    if way == "from-backslash":
        return Access((f"from {written} \\", f"    import {old} \\", f"    as {alias}"), alias, alias, True)
    if way.startswith("from-package"):
        last = place.module.rpartition(".")[2]
        if way == "from-package" and place.takes(last, place.module):
            return Access((f"from {place.parent} import {last}",), f"{last}.{old}", last, module=last)
        name = f"module{place.number}"
        return Access((f"from {place.parent} import {last} as {name}",), f"{name}.{old}", name, module=name)
    return Access((line,), alias, alias, True)


def _import(way: str, top: str, place: _Place) -> Access:
    module, old = place.module, place.old
    package = module.rpartition(".")[0]
    if way == "import-as":
        name = f"module{place.number}"
        return Access((f"import {module} as {name}",), f"{name}.{old}", name, module=name)
    shown = f"import {module}"
    if way == "import-package":
        shown = place.random.choice((f"import {package}, {module}", f"import {module}, {package}"))
    return Access((shown,), f"{module}.{old}", top, module=module)


def _guarded(way: str, top: str, place: _Place) -> Access:
    module, old, alias = place.module, place.old, place.alias
    line = f"from {place.written} import {old} as {alias}"
    if way == "type-checking":
        # Of its own kind: at run time the name is not there, so no other import may be taken for the same.
        name = old if place.bound.setdefault(old, f"{module}.{old}:types") == f"{module}.{old}:types" else alias
        shown = old if name == old else f"{old} as {name}"
        guarded = ("from typing import TYPE_CHECKING", "if TYPE_CHECKING:", f"    from {place.written} import {shown}")
        return Access(guarded, name, name, True, hints=True)
    lines: tuple[str, ...]
    if way == "try":
        lines = ("try:", f"    {line}", "except ImportError:", f"    {alias} = None")
    elif way == "try-missing":
        missing = place.random.choice((f"{top}.missing", f"{module}_gone"))
        lines = ("try:", f"    from {missing} import {old} as {alias}", "except ImportError:", f"    {line}")
    elif way == "twice":
        lines = (line, f"from {module} import {old} as {alias}")
    else:
        lines = ("if True:", f"    {line}")
    return Access(lines, alias, alias, True)


def _dynamic(way: str, module: str, old: str, number: int) -> Access:
    if way == "importlib":
        return Access(("import importlib",), f'importlib.import_module("{module}").{old}')
    if way == "dunder-import":
        return Access((), f'__import__("{module}", fromlist=["{old}"]).{old}')
    if way == "getattr":
        return Access((f"import {module} as module{number}",), f'getattr(module{number}, "{old}")', f"module{number}")
    if way == "sys-modules":
        return Access(("import sys", f"import {module} as module{number}"), f'sys.modules["{module}"].{old}')
    if way == "string":
        return Access((f'TABLE{number} = {{"a": "{module}.{old}"}}',), f'load(TABLE{number}["a"])')
    return Access((f'TABLE{number} = ["{module}:{old}"]',), f"load(TABLE{number}[0])")


def _hub(spec: Spec, importer: Importer, probe: Probe, random: Random, bound: dict[str, str]) -> Access:
    hub = spec.hubs[probe.hub]
    module, name, number = f"{spec.top}.{hub.module}", hub.name, probe.number
    written = relative(spec, importer.module, importer.package, module) if random.random() < 0.3 else module
    package, _, last = module.rpartition(".")
    way = probe.way
    if way == "hub" and not probe.local and bound.setdefault(name, module) != module:
        way = "hub-as"
    if way == "hub":
        return Access((f"from {written} import {name}",), name, name, True)
    if way == "hub-as":
        return Access((f"from {written} import {name} as Local{number}",), f"Local{number}", f"Local{number}", True)
    if way == "hub-attribute":
        return Access((f"from {package} import {last} as hub_{number}",), f"hub_{number}.{name}", f"hub_{number}")
    return Access((f"import {module}",), f"{module}.{name}", spec.top)


def probe_engine(spec: Spec, probe: Probe) -> int:
    """Return the number of the engine that a probe really reaches: a hub has its own."""
    if probe.way.startswith("hub") and probe.hub >= 0:
        return spec.hubs[probe.hub].engine
    return probe.engine
