"""Two runs of the same tests, compared test by test and never by totals: red by design stays red."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from consolidate.verifying.junit import Case, Outcome

Cases = Mapping[str, Case]


class Comparison(Struct, frozen=True):
    """What became of the tests, each group sorted by name and held as the test is *after*, unless it is gone.

    `newly_failing`: passed before, or is not known from before, and fails. `gone`: ran before and isn't reported any
    more, or is skipped though it passed. `flaky`: one of these in the first run, but not in one of the runs that
    repeated it. `renamed`: gone, but a new one of the same function stands in its place (parameters that are named
    after what was renamed). `still_failing`: red before and after.
    """

    newly_failing: tuple[Case, ...] = ()
    gone: tuple[Case, ...] = ()
    flaky: tuple[Case, ...] = ()
    newly_passing: tuple[Case, ...] = ()
    new: tuple[Case, ...] = ()
    renamed: tuple[tuple[Case, Case], ...] = ()
    still_failing: tuple[Case, ...] = ()

    @property
    def bad(self) -> tuple[Case, ...]:
        """The tests for whose sake the phase must not be committed."""
        return (*self.newly_failing, *self.gone)

    def repeated(self, again: Comparison) -> Comparison:
        """Return this comparison after a further run of the same: what was not bad there is flaky."""
        bad = {case.name for case in again.bad}
        flaky = [case for case in self.bad if case.name not in bad]
        return replace(
            self,
            newly_failing=tuple(case for case in self.newly_failing if case.name in bad),
            gone=tuple(case for case in self.gone if case.name in bad),
            flaky=_sorted([*self.flaky, *flaky]),
        )


def compare(before: Cases, after: Cases) -> Comparison:
    """Return what became of the tests from one run to the other."""
    both = before.keys() & after.keys()
    missing = [before[name] for name in before.keys() - both if _ran(before[name])]
    appeared = [after[name] for name in after.keys() - both]
    renamed = _renamed(missing, appeared)
    old, new = ({case.name for case in side} for side in (zip(*renamed, strict=True) if renamed else ((), ())))
    skipped = [
        replace(after[name], message=f"skipped now: {after[name].message}".rstrip(": "))
        for name in both
        if before[name].outcome is Outcome.PASSED and after[name].outcome is Outcome.SKIPPED
    ]
    added = [case for case in appeared if case.name not in new]
    return Comparison(
        newly_failing=_sorted(
            [after[name] for name in both if after[name].bad and not before[name].bad]
            + [case for case in added if case.bad]
        ),
        gone=_sorted([case for case in missing if case.name not in old] + skipped),
        newly_passing=_sorted(
            after[name] for name in both if before[name].bad and after[name].outcome is Outcome.PASSED
        ),
        new=_sorted(case for case in added if not case.bad),
        renamed=tuple(renamed),
        still_failing=_sorted(after[name] for name in both if before[name].bad and after[name].bad),
    )


def counts(cases: Cases) -> dict[Outcome, int]:
    """Return how many tests had each outcome; every outcome has a number."""
    found = dict.fromkeys(Outcome, 0)
    for case in cases.values():
        found[case.outcome] += 1
    return found


def _ran(case: Case) -> bool:
    """Tell if a test that isn't reported any more is a loss: a file that could not be collected is none."""
    return case.collected and case.outcome in (Outcome.PASSED, Outcome.FAILED)


def _renamed(missing: Iterable[Case], appeared: Iterable[Case]) -> list[tuple[Case, Case]]:
    """Pair tests that differ in their parameters only: as many gone as new of one function, the new ones not worse."""
    groups: dict[str, tuple[list[Case], list[Case]]] = {}
    for side, cases in enumerate((missing, appeared)):
        for case in sorted(cases, key=lambda case: case.name):
            function, bracket, _ = case.name.partition("[")
            if bracket:
                groups.setdefault(function, ([], []))[side].append(case)
    pairs: list[tuple[Case, Case]] = []
    for old, new in groups.values():
        worse = any(case.outcome is not Outcome.PASSED for case in new) and {case.outcome for case in old} != {
            case.outcome for case in new
        }
        if len(old) == len(new) and not worse:
            pairs += zip(old, new, strict=True)
    return sorted(pairs, key=lambda pair: pair[0].name)


def _sorted(cases: Iterable[Case]) -> tuple[Case, ...]:
    return tuple(sorted(cases, key=lambda case: case.name))
