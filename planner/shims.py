"""What stays at each legacy path: a shim of which kind, and which names it serves."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from planner.config import Engine
from planner.facts import FileFacts
from planner.held import reasons
from planner.keep import Kept
from planner.legacy import LegacyModule
from planner.model import ShimKind
from planner.outlook import Outlook
from planner.serving import Demand, Served, passed_on, serve
from planner.settle import blocking
from planner.source import read_source
from planner.survey import Survey


class ShimPlan(Struct, frozen=True):
    """What becomes of one legacy module.

    `kind` is that of the module as a whole: ALIAS and ADAPTER replace the file, WARN inserts a notice, NONE leaves it.
    `kinds` are those of its engines by id. `done` tells that the commit has it already. `why` says why an
    implementation stays, `breaks` which files need one that a forced shim takes away, as `path:line: reason`, and
    `dropped` are the public names that the shim has no more, because nothing in the repository takes them.
    """

    module: str
    path: str
    kind: ShimKind
    kinds: tuple[tuple[str, ShimKind], ...]
    served: tuple[Served, ...] = ()
    all_names: tuple[str, ...] = ()
    kept: Kept | None = None
    is_package: bool = False
    newline: str = "\n"
    insertion: int = 0
    done: bool = False
    why: str = ""
    breaks: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def plan_shims(survey: Survey, outlook: Outlook, reserved: frozenset[str]) -> dict[str, ShimPlan]:
    """Return the plan of every legacy module that the commit has, by module name; `reserved` as for `keep`."""
    plans: dict[str, ShimPlan] = {}
    needed = blocking(survey, outlook)
    demand = Demand(survey, outlook.files)
    why = {item.key.module: f"{item.shown}: {item.stays}" for item in reversed(needed)}
    rejected = reasons(survey.config)
    for name, module in sorted(survey.legacy.modules.items()):
        if not module.path or module.facts is None:
            continue
        if module.facts.is_shim:
            kinds = tuple((engine.id, _wanted(engine)) for engine in module.engines)
            kind = ShimKind.ADAPTER if ShimKind.ADAPTER in dict(kinds).values() else ShimKind.ALIAS
            plans[name] = ShimPlan(name, module.path, kind, kinds, kept=_kept_beside(module.facts, reserved), done=True)
        elif name in outlook.replaced:
            held = {id(item) for item in needed if item.key.module == name}
            breaks = [
                f"{file.path}:{item.line}: {item.stays}"
                for file in outlook.files
                for item in file.references
                if id(item) in held
            ]
            plans[name] = replace(_replace(survey, module, outlook, demand), breaks=tuple(sorted(breaks)))
        else:
            plans[name] = _stay(survey, module, rejected.get(module.path) or why.get(name, ""))
    return plans


def _kept_beside(facts: FileFacts, reserved: frozenset[str]) -> Kept | None:
    """Return the names that stay beside a shim which the commit has already."""
    names = {
        item.name
        for item in facts.exports
        if not {"class", "def", "value"}.isdisjoint(item.kinds)
        and item.name not in reserved
        and not item.name.startswith(("_adapt_", "_moved_"))
    }
    return Kept((), frozenset(names)) if names else None


def _stay(survey: Survey, module: LegacyModule, why: str) -> ShimPlan:
    reported = all(engine.mode == "report" for engine in module.engines)
    none = reported or any(engine.shim == "none" for engine in module.engines) or module.path in reasons(survey.config)
    kind = ShimKind.NONE if none else ShimKind.WARN
    kinds = tuple((e.id, ShimKind.NONE if e.mode == "report" else kind) for e in module.engines)
    assert module.facts is not None  # noqa: S101 - plan_shims has looked
    moved = [
        Served(engine.legacy.name, symbol, None, False, False)
        for engine in module.engines
        if engine.mode == "consolidate" and engine.legacy.name
        if (symbol := survey.legacy.destination(module.name, engine.legacy.name).symbol) is not None
    ]
    return ShimPlan(
        module.name,
        module.path,
        kind,
        kinds,
        served=tuple(moved),
        newline=module.facts.newline,
        insertion=module.facts.insertion,
        why=why,
    )


def _replace(survey: Survey, module: LegacyModule, outlook: Outlook, demand: Demand) -> ShimPlan:
    facts = module.facts
    assert facts is not None  # noqa: S101 - plan_shims has looked
    kept = outlook.kept[module.name]
    if isinstance(kept, str):
        return _stay(survey, module, kept)
    every = serve(survey, module, demand)
    served = tuple(item for item in every if item.name not in kept.names & passed_on(module))
    kinds = tuple((engine.id, _wanted(engine)) for engine in module.engines)
    adapter = any(item.rule is not None for item in served)
    names = {item.name for item in served} | kept.names
    if facts.all_names is not None:
        public = [name for name in facts.all_names if name in names]
    else:
        # What `import *` gave: the public names that exist at run time; what stays brings its own imports, which
        # nobody takes from here.
        handed_out = {item.name for item in every}
        given = {
            item.name
            for item in facts.exports
            if item.kinds != ("type-import",) and (item.name in handed_out or {"import", "del"}.isdisjoint(item.kinds))
        }
        public = sorted(name for name in names & given if not name.startswith("_"))
    return ShimPlan(
        module=module.name,
        path=module.path,
        kind=ShimKind.ADAPTER if adapter else ShimKind.ALIAS,
        kinds=kinds,
        served=served,
        all_names=tuple(dict.fromkeys(public)),
        kept=kept if kept.text else None,
        dropped=tuple(sorted(_public(facts) - names)),
        is_package=survey.layout.is_package(module.path),
        newline=read_source(survey.contents[module.path]).newline,
    )


def _public(facts: FileFacts) -> set[str]:
    """Return the names that who uses a module from outside may take: what it defines, and what its `__all__` says."""
    own = {
        item.name
        for item in facts.exports
        if not {"class", "def", "value"}.isdisjoint(item.kinds) and "del" not in item.kinds
    }
    return {name for name in own if not name.startswith("_")} | set(facts.all_names or ())


def _wanted(engine: Engine) -> ShimKind:
    if engine.mode == "report":
        return ShimKind.NONE
    if engine.shim != "auto":
        return ShimKind(engine.shim)
    return ShimKind.ADAPTER if engine.call is not None else ShimKind.ALIAS
