"""From a Spec to the files of a repository and its configuration."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from tests.property.forms import NO_CALL_STYLE, choose, fill
from tests.property.helpers import in_importer
from tests.property.modules import extra_name, hub_module, legacy_modules, new_modules, path, relative
from tests.property.spec import Importer, Probe, Spec, Take
from tests.property.ways import Access, access, probe_engine

_ARGUMENTS = {
    "call": ("'r', 'b'", "'r', bridge='b', ctx=3", "'r', 'b', 3", "bridge='b', registry='r'"),
    "": ("1", "1, 2", "1, right=5", "left=3, right=4", "right=4, left=1"),
}


@dataclass(frozen=True, slots=True)
class Package:
    """A generated package: files by path, the configuration as a TOML table, and the modules to import, in order."""

    spec: Spec
    files: dict[str, bytes]
    config: dict[str, Any]
    modules: tuple[str, ...]


@dataclass(slots=True)
class _Module:
    imports: list[str]
    body: list[str]
    all_names: list[str]


def render(spec: Spec) -> Package:
    """Return the package of a Spec."""
    texts = {**new_modules(spec), **legacy_modules(spec)}
    for hub in spec.hubs:
        texts[path(spec, hub.module, hub.package)] = hub_module(spec, hub)
    if spec.lookalike:
        for name in ("engine", "engines", "engine_factory_helper"):
            texts.setdefault(
                path(spec, f"other.{name}"),
                'class Engine:\n    kind = "other"\n\n\nclass OldEngine(Engine):\n    pass\n',
            )
    modules = [_Module([], [], []) for _ in spec.importers]
    places: dict[int, tuple[Importer, Access]] = {}
    for number, importer in enumerate(spec.importers):
        _importer(spec, importer, modules[number], places)
    for take in spec.takes:
        _take(spec, take, modules[spec.importers[take.importer].number], places)
    files: dict[str, bytes] = {}
    for importer, module in zip(spec.importers, modules, strict=True):
        files[path(spec, importer.module, importer.package)] = _layout(importer, _text(spec, module))
    files.update((name, text.encode()) for name, text in texts.items())
    for name in sorted(files):
        parts = name.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            files.setdefault("/".join([*parts[:depth], "__init__.py"]), b"")
    names = [_dotted(name) for name in sorted(files)]
    wanted = [f"{spec.top}.{importer.module}" for importer in spec.importers]
    return Package(spec, dict(sorted(files.items())), config(spec), (*wanted, *(n for n in names if n not in wanted)))


def _dotted(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def config(spec: Spec) -> dict[str, Any]:
    """Return the configuration of a Spec, as the TOML table that a user would write."""
    tables = []
    for engine in spec.engines:
        table: dict[str, Any] = {"legacy": f"{spec.top}.{engine.module}:{engine.old}"}
        table["replacement"] = f"{spec.top}.{engine.new_module}:{engine.new}"
        if engine.chained:
            twin = spec.engines[engine.redirect]
            table["replacement"] = f"{spec.top}.{twin.module}:{twin.old}"
        if engine.style == "report":
            table["mode"] = "report"
        if engine.style == "call":
            table["call"] = {
                "from": "(registry, bridge, ctx=None)",
                "to": f"{engine.new}.build(registry, bridge, ctx)",
            }
        exports: dict[str, Any] = {}
        for extra in engine.extras:
            name = extra_name(extra, engine.number)
            if extra == "moved":
                exports[name] = f"{spec.top}.core.homes:{name}"
            elif extra == "renamed":
                exports[name] = f"{spec.top}.core.homes:Option{engine.number}"
            elif extra == "kept":
                exports[name] = False
        if exports:
            table["exports"] = exports
        tables.append(table)
    first = spec.engines[0]
    return {
        "migration": {
            "name": "generated",
            "target": f"{spec.top}.{first.new_module}:{first.new}",
            "max-files-per-phase": spec.limit,
        },
        "engine": tables,
    }


def _importer(spec: Spec, importer: Importer, module: _Module, places: dict[int, tuple[Importer, Access]]) -> None:
    bound: dict[str, str] = {}
    if spec.lookalike and importer.number == 0:
        module.imports.append(f"from {spec.top}.other.engine import OldEngine as Namesake")
        module.imports.append(f"from {spec.top}.other import engines, engine_factory_helper")
        module.body += ['see("namesake", Namesake, engines.Engine, engine_factory_helper.OldEngine)', ""]
    for probe in spec.probes:
        if probe.importer == importer.number:
            found = access(spec, importer, probe, bound)
            if not probe.local:
                places[probe.number] = (importer, found)
            _probe(spec, probe, found, module)
    imports, body = in_importer(spec, importer, bound)
    module.imports += imports
    module.body += body


def _probe(spec: Spec, probe: Probe, found: Access, module: _Module) -> None:
    random = Random(probe.salt + 1)
    engine = spec.engines[probe_engine(spec, probe)]
    local = probe.local and not found.hints
    inside = (probe.inside or local) and not found.hints
    wanted = probe.form
    if engine.style == "call" and wanted in NO_CALL_STYLE:
        wanted = "call"
    form = choose(wanted, engine.style, found.expression, found.direct, inside, local, found.hints)
    arguments = random.choice(_ARGUMENTS.get(engine.style, _ARGUMENTS[""]))
    lines = fill(form, found.expression, arguments, found.root, probe.number, engine.old, engine.new)
    if engine.style == "lacking" and wanted == "member":
        lines.append(f'see("{probe.number}", {found.expression}(1).old_only())')
    if wanted == "extra" and not found.hints:
        for extra in engine.extras:
            name = extra_name(extra, engine.number)
            if found.module:
                lines.append(f'see("{probe.number}", {found.module}.{name})')
            elif name in found.names:
                lines.append(f'see("{probe.number}", {name})')
    if form == "lookup":
        module.body += [
            f"def lookup_{probe.number}():",
            *_indent([*(found.lines if local else ()), f"return {found.expression}"]),
            "",
        ]
    if local:
        lines = [*found.lines, *lines]
    elif random.random() < 0.7 or form in ("delete",):
        module.imports += found.lines
    else:
        module.body += found.lines
    if wanted == "all" and found.direct and not local and not found.hints:
        module.all_names.append(found.root)
    if inside:
        lines = [f"def probe_{probe.number}():", *_indent(lines), ""]
    module.body += [*lines, ""]


def _indent(lines: list[str]) -> list[str]:
    return [f"    {line}" if line else "" for line in lines]


def _take(spec: Spec, take: Take, module: _Module, places: dict[int, tuple[Importer, Access]]) -> None:
    probe = spec.probes[take.probe]
    target, taker = spec.importers[probe.importer], spec.importers[take.importer]
    if target.number == taker.number:
        return
    site = f"{spec.top}.{target.module}"
    package, _, last = site.rpartition(".")
    shown = f"from {package} import {last} as site{take.number}"
    if take.how.startswith("patch-legacy") or take.how == "patch-dict":
        lines = _legacy_patch(spec, take, probe, shown) if probe.form == "lookup" else []
    elif probe.number not in places or not places[probe.number][1].root or places[probe.number][1].hints:
        return
    else:
        found = places[probe.number][1]
        rest = found.expression.removeprefix(found.root) if found.expression.startswith(found.root) else ""
        lines = _patch(take, site, shown, found.root, rest) if probe.form == "lookup" else []
        if not lines and take.how == "star" and target.number < taker.number:
            module.imports.append(f"from {site} import *")
            lines = [f'see("{take.number}", {found.root}{rest})']
        here = relative(spec, taker.module, taker.package, site) if take.salt % 3 == 0 else site
        lines = lines or _taken(take, here, shown, found.root, rest)
    if lines:
        module.body += [f"def probe_{take.number}():", *_indent(lines), ""]


def _legacy_patch(spec: Spec, take: Take, probe: Probe, shown: str) -> list[str]:
    """Return a patch of the legacy module, and what the lookup site of the probe sees of it."""
    engine = spec.engines[probe_engine(spec, probe)]
    home = f"{spec.top}.{engine.module}"
    patch = f'mock.patch("{home}.{engine.old}", Fake)'
    if take.how == "patch-legacy-method" and engine.style not in ("function", "call"):
        patch = f'mock.patch("{home}.{engine.old}.run", lambda self: "patched")'
    elif take.how == "patch-dict":
        patch = f'mock.patch.object(importlib.import_module("{home}"), "{engine.old}", Fake)'
    arguments = Random(take.salt).choice(_ARGUMENTS.get(engine.style, _ARGUMENTS[""]))
    seen = f"out(site{take.number}.lookup_{probe.number}()({arguments}))"
    return [shown, f"with {patch}:", f'    see("{take.number}", {seen})']


def _patch(take: Take, site: str, shown: str, root: str, rest: str) -> list[str]:
    """Return a patch of the name in the importer, and what its lookup site sees of it."""
    seen = f'see("{take.number}", site{take.number}.lookup_{take.probe}())'
    if take.how == "patch":
        return [shown, f'with mock.patch("{site}.{root}{rest}", Fake):', f"    {seen}"]
    if take.how == "patch-object" and not rest:
        return [shown, f'with mock.patch.object(site{take.number}, "{root}", Fake):', f"    {seen}"]
    if take.how == "monkey" and not rest:
        start = ["from pytest import MonkeyPatch", shown, "with MonkeyPatch.context() as patches:"]
        return [*start, f'    patches.setattr("{site}.{root}", Fake)', f"    {seen}"]
    return []


def _taken(take: Take, site: str, shown: str, root: str, rest: str) -> list[str]:
    number = take.number
    if "(" in rest:
        return []
    if take.how == "attribute":
        return [shown, f'see("{number}", site{number}.{root}{rest})']
    if take.how == "getattr" and not rest:
        return [shown, f'see("{number}", getattr(site{number}, "{root}"))']
    if take.how == "from-as":
        return [f"from {site} import {root} as taken{number}", f'see("{number}", taken{number}{rest})']
    return [f"from {site} import {root}", f'see("{number}", {root}{rest})']


def _text(spec: Spec, module: _Module) -> str:
    head = [
        '"""A module that uses engines."""',
        "import importlib",
        "from unittest import mock",
        f"from {spec.top}.recorder import REGISTERED, Fake, load, out, register, see, see_hints",
    ]
    tail = [f"__all__ = {sorted(set(module.all_names))!r}"] if module.all_names else []
    return "\n".join([*head, *module.imports, "", *module.body, *tail]) + "\n"


def _layout(importer: Importer, text: str) -> bytes:
    if importer.tab:
        text = "\n".join(_tabs(line) for line in text.split("\n"))
    text = text.replace("\n", importer.newline)
    if not importer.last_newline:
        text = text.rstrip("\r\n")
    return (b"\xef\xbb\xbf" if importer.bom else b"") + text.encode()


def _tabs(line: str) -> str:
    stripped = line.lstrip(" ")
    depth, rest = divmod(len(line) - len(stripped), 4)
    return "\t" * depth + " " * rest + stripped
