"""Makes a Spec that fails smaller, part by part, as long as it fails in the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.property.spec import Spec


def shrink(spec: Spec, fails: Callable[[Spec], bool], rounds: int = 300) -> Spec:
    """Return the smallest Spec that was found for which `fails` is true; it is asked `rounds` times at most."""
    progress = True
    while progress and rounds > 0:
        progress = False
        for smaller in _smaller(spec):
            rounds -= 1
            if rounds <= 0:
                break
            if smaller != spec and fails(smaller):
                spec, progress = smaller, True
                break
    return spec


def _smaller(spec: Spec) -> Iterator[Spec]:
    yield from _fewer_probes(spec)
    yield from _fewer_modules(spec)
    yield from (replace(spec, lookalike=False), replace(spec, closure=False), replace(spec, limit=100))
    yield from _plainer(spec)


def _fewer_probes(spec: Spec) -> Iterator[Spec]:
    for index, helper in enumerate(spec.helpers):
        yield replace(spec, helpers=spec.helpers[:index] + spec.helpers[index + 1 :])
        for simpler in (replace(helper, uses=-1), replace(helper, along=-1), replace(helper, together=False)):
            yield replace(spec, helpers=(*spec.helpers[:index], simpler, *spec.helpers[index + 1 :]))
    for index in range(len(spec.takes)):
        yield replace(spec, takes=spec.takes[:index] + spec.takes[index + 1 :])
    # The last probe only: the others are known by their place.
    last = len(spec.probes) - 1
    for index in range(len(spec.probes)):
        if last and all(take.probe not in (index, last) for take in spec.takes):
            moved = replace(spec.probes[last], number=index)
            kept = [moved if number == index else probe for number, probe in enumerate(spec.probes[:last])]
            yield replace(spec, probes=tuple(kept))


def _fewer_modules(spec: Spec) -> Iterator[Spec]:
    used = {probe.hub for probe in spec.probes} | {hub.source for hub in spec.hubs}
    if spec.hubs and len(spec.hubs) - 1 not in used:
        yield replace(spec, hubs=spec.hubs[:-1])
    if spec.hubs and all(not probe.way.startswith("hub") for probe in spec.probes):
        yield replace(spec, hubs=(), probes=tuple(replace(probe, hub=-1) for probe in spec.probes))
    last = len(spec.engines) - 1
    if last and last not in [*(probe.engine for probe in spec.probes), *(hub.engine for hub in spec.hubs)]:
        yield replace(spec, engines=spec.engines[:-1])
    elif last:
        yield replace(spec, probes=tuple(replace(probe, engine=0) for probe in spec.probes))
    last = len(spec.importers) - 1
    if last and last not in [*(probe.importer for probe in spec.probes), *(take.importer for take in spec.takes)]:
        yield replace(spec, importers=spec.importers[:-1])


def _plainer(spec: Spec) -> Iterator[Spec]:
    for index, engine in enumerate(spec.engines):
        for plainer in (
            replace(engine, extras=()),
            replace(engine, has_all=False),
            replace(engine, package=False),
            replace(engine, base=-1),
            replace(engine, redirect=-1, chained=False),
            replace(engine, style="plain"),
        ):
            yield replace(spec, engines=(*spec.engines[:index], plainer, *spec.engines[index + 1 :]))
    for index, hub in enumerate(spec.hubs):
        for simpler in (replace(hub, has_all=False), replace(hub, package=False)):
            yield replace(spec, hubs=(*spec.hubs[:index], simpler, *spec.hubs[index + 1 :]))
    for index, importer in enumerate(spec.importers):
        plain = replace(importer, newline="\n", tab=False, bom=False, last_newline=True)
        for flat in (plain, replace(plain, package=False, test=False), replace(plain, module=f"m{index}")):
            yield replace(spec, importers=(*spec.importers[:index], flat, *spec.importers[index + 1 :]))
    for index, probe in enumerate(spec.probes):
        for calmer in (
            replace(probe, form="value"),
            replace(probe, way="from"),
            replace(probe, salt=0),
            replace(probe, local=False),
            replace(probe, inside=False),
        ):
            yield replace(spec, probes=(*spec.probes[:index], calmer, *spec.probes[index + 1 :]))
