"""The results of compare.py as Markdown tables: every cell is computed from results.json, none is typed."""

from __future__ import annotations

from typing import Any

from figures import Spread, spread
from targets import TARGETS, Target

MISSING = "not run"


def markdown(results: dict[str, Any]) -> str:
    """Return the targets, then all lines."""
    return f"{summary(results)}\n{costs(results)}"


def summary(results: dict[str, Any]) -> str:
    """Return a row for each target: what was wanted, what was measured, and whether that is enough."""
    rows = ["| target | wanted | median | least to most | |", "|---|---:|---:|---:|---|"]
    rows += [judged(target, results) for target in TARGETS]
    return "\n".join(rows) + "\n"


def judged(target: Target, results: dict[str, Any]) -> str:
    found = spread(target.values(results["lines"]))
    label = target.label.format(**results["facts"])
    if found is None:
        return f"| {label} | {target.wanted} | {MISSING} | | |"
    verdict = "met" if target.met(found.median) else "**missed**"
    return f"| {label} | {target.wanted} | {target.cell(found.median)} | {between(found, target.cell)} | {verdict} |"


def costs(results: dict[str, Any]) -> str:
    """Return a row for each line: time, processor time, memory."""
    head = "| | wall time | least to most | processor time | memory: largest process | all processes |"
    rows = [head, "|---|---:|---:|---:|---:|---:|"]
    for name, runs in results["lines"].items():
        done = [run for run in runs if "failed" not in run]
        if not done:
            said = runs[0]["failed"].replace("|", "\\|") if runs else MISSING
            took = f"{runs[0]['seconds']:.1f} s" if runs else ""
            rows.append(f"| {name} | gave up after {took}: {said} | | | | |")
            continue
        time, processor = (spread([run[key] for run in done]) for key in ("seconds", "processor"))
        largest, tree = (max(run[key] for run in done) for key in ("largest", "tree"))
        assert time is not None
        assert processor is not None
        rows.append(
            f"| {name} | {seconds(time.median)} | {between(time, seconds)} | {seconds(processor.median)} "
            f"| {largest:.0f} MB | {tree:.0f} MB |"
        )
    return "\n".join(rows) + "\n"


def seconds(value: float) -> str:
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def between(found: Spread, cell: Any) -> str:
    return f"{cell(found.least)} to {cell(found.most)}"
