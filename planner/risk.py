"""Risk: how likely an edit is to change what the program does, from facts that the plan prints.

The form of a reference gives it 0, 1 or 2 points (FORM_POINTS). Each fact about the file that it stands in adds one
(FACTS). No point is a low risk, one a medium, more a high. A file has the risk of its riskiest edit, a phase that of
its riskiest file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from planner.model import Action, FileEdit, FileRisk, Phase, Reference, Risk

MANY_IMPORTERS = 10

FORM_POINTS: Mapping[str, int] = {
    "attribute": 1,
    "call": 1,
    "patch-target": 1,
    "star-import": 1,
    "base-class": 2,
    "dotted-string": 2,
    "import-string": 2,
    "python2": 2,
}
"""Plain imports and names are bound by Python alone; the others by what runs, or by tools that nothing here reads."""

_SHIM = "deprecation-shim"
DYNAMIC_FORMS = frozenset({"import-string", "dotted-string", "code-string"})


class Exposure(Struct, frozen=True):
    """What is known of an edited Python file: who imports it, which tests reach it, what it does with names."""

    importers: int = 0
    tests: int = 0
    is_test: bool = False
    dynamic: bool = False
    hub: bool = False


def facts(exposure: Exposure) -> tuple[str, ...]:
    """Return the facts about a file that raise the risk of its edits, by the names that the plan file uses."""
    found = (
        ("untested", not exposure.is_test and not exposure.tests),
        ("dynamic", exposure.dynamic),
        ("spread", exposure.hub or exposure.importers >= MANY_IMPORTERS),
    )
    return tuple(name for name, holds in found if holds)


def risk_of(form: str, exposure: Exposure | None = None) -> Risk:
    """Return the risk of rewriting a reference of this form, in a file of which more may be known."""
    return _level(FORM_POINTS.get(form, 0) + (len(facts(exposure)) if exposure is not None else 0))


def _level(points: int) -> Risk:
    return (Risk.LOW, Risk.MEDIUM, Risk.HIGH)[min(points, 2)]


def rate(
    references: Sequence[Reference], phases: Sequence[Phase], exposures: Mapping[str, Exposure]
) -> tuple[tuple[Reference, ...], tuple[Phase, ...]]:
    """Return references and phases with their risks; `exposures` are those of the edited Python files, by path."""
    # What a legacy module refers to goes with it: nothing of that is rewritten where a shim takes its place.
    shims = {
        (file.path, phase.number)
        for phase in phases
        for file in phase.files
        if any(edit.codemod == _SHIM for edit in file.edits)
    }
    rated = tuple(
        replace(item, risk=risk_of("" if (item.path, item.phase) in shims else item.form, exposures[item.path]))
        if item.path in exposures
        else item
        for item in references
    )
    rewritten: dict[tuple[str, int | None], Counter[str]] = {}
    for item in rated:
        if item.action is Action.REWRITTEN and (item.path, item.phase) not in shims:
            rewritten.setdefault((item.path, item.phase), Counter())[item.form] += 1
    return rated, tuple(_phase(phase, rewritten, exposures) for phase in phases)


def _phase(
    phase: Phase, rewritten: Mapping[tuple[str, int | None], Counter[str]], exposures: Mapping[str, Exposure]
) -> Phase:
    files = tuple(
        _file(file, rewritten.get((file.path, phase.number), Counter()), exposures.get(file.path))
        for file in phase.files
    )
    order = list(Risk)
    return replace(phase, risk=max((file.risk for file in files), key=order.index, default=Risk.LOW), risk_facts=files)


def _file(file: FileEdit, forms: Counter[str], exposure: Exposure | None) -> FileRisk:
    points = max((FORM_POINTS.get(form, 0) for form in forms), default=0)
    if file.deleted:
        # Nothing refers to it any more: who imported it before is no matter.
        return FileRisk(file.path, _level(1), facts=("deleted",))
    unproved = ("unproved",) if file.unproved else ()  # by codemods of the user's own: a high risk, whatever else
    points += 2 * len(unproved)
    if exposure is None:
        return FileRisk(file.path, _level(points), tuple(sorted(forms.items())), unproved)
    raising = (*facts(exposure), *unproved)
    return FileRisk(
        file.path,
        _level(points + len(facts(exposure))),
        tuple(sorted(forms.items())),
        raising,
        exposure.importers,
        exposure.tests,
    )
