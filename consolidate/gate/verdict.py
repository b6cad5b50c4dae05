"""The verdict: what was found, what of it the baseline excuses, and what of the baseline is not there any more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from msgspec import Struct

from consolidate.gate.baseline import Baseline, Entry
from consolidate.gate.finding import Finding


class Verdict(Struct, frozen=True):
    """What `check` says.

    `findings` are those that count, `excused` those that the baseline has, both by place; `stale` are the entries of
    the baseline that nothing matches any more, sorted, among the files that were looked at.
    """

    findings: tuple[Finding, ...]
    excused: tuple[Finding, ...] = ()
    stale: tuple[Entry, ...] = ()


def judge(
    found: Iterable[Finding], ignore: Collection[str], baseline: Baseline | None, looked_at: Callable[[str], bool]
) -> Verdict:
    """Return the verdict on what was found in the files that `looked_at` says were looked at.

    Findings of the rules in `ignore` do not count, but the baseline's entries for them are there still.
    """
    ordered = sorted(found, key=lambda item: (item.path, item.line, item.column, item.symbol, item.rule))
    counted = [item for item in ordered if item.rule not in ignore]
    if baseline is None:
        return Verdict(tuple(counted))
    seen = {(item.path, item.symbol) for item in ordered}
    return Verdict(
        tuple(item for item in counted if not baseline.excuses(item)),
        tuple(item for item in counted if baseline.excuses(item)),
        tuple(sorted(entry for entry in baseline.entries if entry not in seen and looked_at(entry[0]))),
    )
