"""What is known not to hold yet, so that the generator goes around it: one row each, to be deleted with its cause.

`python -m tests.property --with-gaps` draws packages with all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from tests.property.spec import Probe, Spec
from tests.property.ways import probe_engine

_UNTRACKED = ("importlib", "dunder-import", "getattr", "sys-modules", "string", "entry-point")
_PLAIN = ("import", "import-package", "hub-import-as")


class Gap(NamedTuple):
    """What does not hold, and how a Spec is changed so that it does not matter."""

    why: str
    avoid: Callable[[Spec], Spec]


def _probes(change: Callable[[Spec, Probe], Probe]) -> Callable[[Spec], Spec]:
    return lambda spec: replace(spec, probes=tuple(change(spec, probe) for probe in spec.probes))


def _style(spec: Spec, probe: Probe) -> str:
    return spec.engines[probe_engine(spec, probe)].style


def _untold_base(spec: Spec, probe: Probe) -> Probe:
    untold = probe.way in _UNTRACKED and probe.form == "subclass" and _style(spec, probe) == "call"
    return replace(probe, form="call") if untold else probe


def _closed(spec: Spec) -> Spec:
    between = any(helper.along >= 0 or helper.uses >= 0 for helper in spec.helpers)
    return replace(spec, closure=False) if between else spec


def _root_taken(spec: Spec) -> Spec:
    return replace(spec, takes=tuple(take for take in spec.takes if spec.probes[take.probe].way not in _PLAIN))


GAPS = (
    Gap(
        "an adapter has no subclasses that take the legacy arguments, and a string tells of no subclass",
        _probes(_untold_base),
    ),
    Gap("who takes the name of a whole package from an importer is not looked for: every file may", _root_taken),
    Gap(
        "import cycles are looked for before the migration: one that it opens itself holds a file until the next plan",
        _closed,
    ),
)


def avoid(spec: Spec) -> Spec:
    """Return the Spec without what is known not to hold."""
    for gap in GAPS:
        spec = gap.avoid(spec)
    return spec
