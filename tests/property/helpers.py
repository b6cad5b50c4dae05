"""Unexported helpers of legacy modules: they use engines of one another, and are taken with what came along.

Nothing in the configuration says where a helper goes, so it stays in its module, whatever becomes of the engines.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.property.spec import Engine, Importer, Spec

KINDS = ("class", "function", "subclass", "subclass", "caller", "caller")
_CALLS = {"call": "'r', 'b'", "": "1"}


@dataclass(frozen=True, slots=True)
class Helper:
    """A helper: `engine` tells its module, `uses` the engine of another that it needs (-1: none).

    The module of the engine `along` imports it, with names of `engine`'s module (-1: none does). `importer` takes it
    from there, else from its home, with engines of that module if `together`; it calls what it takes.
    """

    number: int
    engine: int
    kind: str
    uses: int
    along: int
    importer: int
    together: bool
    split: bool

    @property
    def name(self) -> str:
        """What it is called."""
        return f"Helper{self.number}" if self.kind in ("class", "subclass") else f"helper_{self.number}"


def draw_helpers(random: Random, engines: tuple[Engine, ...], importers: int) -> tuple[Helper, ...]:
    """Return the helpers of a package."""
    found = []
    for number in range(random.choice((0, 0, 1, 1, 2, 3))):
        engine = random.randrange(len(engines))
        others = [e.number for e in engines if e.number < engine and e.module != engines[engine].module]
        later = [e.number for e in engines if e.number > engine and e.module != engines[engine].module]
        found.append(
            Helper(
                number=200 + number,
                engine=engine,
                kind=random.choice(KINDS),
                uses=random.choice(others) if others and random.random() < 0.8 else -1,
                along=random.choice(later) if later and random.random() < 0.8 else -1,
                importer=random.randrange(importers),
                together=random.random() < 0.7,
                split=random.random() < 0.3,
            )
        )
    return tuple(found)


def in_legacy(spec: Spec, engine: Engine) -> tuple[str, str]:
    """Return what the helpers add to the module of an engine: imports, and definitions."""
    before, after = "", ""
    for helper in spec.helpers:
        if helper.engine == engine.number:
            if helper.uses >= 0:
                used = spec.engines[helper.uses]
                before += f"from {spec.top}.{used.module} import {used.old} as Used{helper.number}\n"
            after += _definition(spec, helper)
        if helper.along == engine.number:
            home = spec.engines[helper.engine]
            names = ", ".join([*_came_along(spec, helper), helper.name])
            before += f"from {spec.top}.{home.module} import {names}\n"
    return before, after


def _came_along(spec: Spec, helper: Helper) -> list[str]:
    """Return the engines that the module of `along` imports with a helper: under names that are free there."""
    home, there = spec.engines[helper.engine], spec.engines[helper.along].module
    taken = {engine.old for engine in spec.engines if engine.module == there}
    return [home.old] if helper.together and home.old not in taken else []


def _definition(spec: Spec, helper: Helper) -> str:
    name, used, kind = helper.name, f"Used{helper.number}", f"helper{helper.number}"
    style = spec.engines[helper.uses].style if helper.uses >= 0 else ""
    needs = helper.uses >= 0
    if helper.kind == "subclass" and needs and style != "function":
        return f'\n\nclass {name}({used}):\n    kind = "{kind}"\n'
    if helper.kind in ("class", "subclass"):
        return f'\n\nclass {name}:\n    kind = "{kind}"\n'
    if not needs:
        return f'\n\ndef {name}():\n    return "{kind}"\n'
    if helper.kind == "function":
        return f"\n\ndef {name}():\n    return {used}\n"
    member = ".old_only()" if style == "lacking" and helper.split else ""
    value = f"{used}({_CALLS.get(style, _CALLS[''])}){member}"
    shown = value if member or style == "function" else f"{value}.run()"
    return f"\n\ndef {name}():\n    # what it makes\n    return {shown}\n"


def in_importer(spec: Spec, importer: Importer, bound: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return the imports and the probes by which an importer takes helpers; `bound` as for `ways.access`."""
    imports: list[str] = []
    body: list[str] = []
    for helper in spec.helpers:
        if helper.importer != importer.number:
            continue
        home, number = spec.engines[helper.engine], helper.number
        there = spec.engines[helper.along] if helper.along >= 0 else home
        module = f"{spec.top}.{there.module}"
        names, values = [helper.name], [helper.name]
        if helper.kind not in ("class", "subclass"):
            values = [f"{helper.name}()"]
        along = [*_came_along(spec, helper), there.old] if helper.along >= 0 else [home.old]
        for old in along if helper.together else ():
            plain = bound.setdefault(old, f"{module}.{old}") == f"{module}.{old}"
            shown = old if plain else f"Along{number}{old}"
            names.append(old if plain else f"{old} as {shown}")
            values.append(shown)
        names.reverse()
        imports += [f"from {module} import {name}" for name in names] if helper.split else []
        imports += [] if helper.split else [f"from {module} import {', '.join(names)}"]
        body += [f"def probe_{number}():", f'    see("{number}", {", ".join(values)})', ""]
    return imports, body
