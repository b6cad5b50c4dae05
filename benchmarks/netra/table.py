"""The results as a Markdown table: every cell is computed from results.json's figures, none is typed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

NOT_RUN = "not run"


def markdown(results: dict[str, Any]) -> str:
    """Return the table, by hand beside consolidate, for a results.json."""
    before, hand, tool = results["before"], results["by_hand"], results["consolidate"]
    statements = f"{before['import_statements']} import statements in {before['importing_files']} files"
    rows = [
        row(f"left, of {statements}", hand, tool, "statements_left"),
        row("of these, listed nowhere", hand, tool, "statements_silent"),
        row("files newly unparsable", hand, tool, "newly_unparsable"),
        row("names newly unbound (pyflakes)", hand, tool, "newly_unbound"),
        row("imports newly dangling", hand, tool, "newly_dangling"),
    ]
    if before["tests"] is not None:
        files = results["test_files"]
        rows += [
            row(f"tests collected from {files} test files (before: {before['tests']})", hand, tool, "tests"),
            row("tests lost, by node id", hand, tool, "tests_lost"),
            row("tests gained, by node id", hand, tool, "tests_gained"),
            row("test files newly failing to collect", hand, tool, "newly_uncollectable"),
        ]
    rows.append(row("files changed", hand, tool, "files_changed"))
    rows.append(row("commits", hand, tool, "commits"))
    if tool:
        rows += [
            f"| files where plan and result disagree | | {cell(tool['statements_untrue'])} |",
            f"| exit code of `apply --all` | | {tool['apply_exit']} |",
            f"| `plan`, cold, median of {len(tool['plan_seconds'])} | | {tool['plan_median']:.1f} s |",
            f"| different plans in {len(tool['plan_digests'])} runs | | {len(set(tool['plan_digests'].values()))} |",
        ]
    return "\n".join(["| | by hand | `consolidate` |", "|---|---:|---:|", *rows]) + "\n"


def row(label: str, hand: dict[str, Any], tool: dict[str, Any] | None, key: str) -> str:
    return f"| {label} | {cell(hand[key])} | {cell(tool[key]) if tool else NOT_RUN} |"


def cell(value: Any) -> str:
    """Return a figure as text: a list counts, None is a figure that was not measured."""
    if value is None:
        return NOT_RUN
    return str(len(value) if isinstance(value, list | dict) else value)


def insert(path: Path, table: str, script: str) -> None:
    """Put the table between the two marks of a script in a Markdown file. A file without them is an error."""
    begin, end = f"<!-- {script}: begin -->", f"<!-- {script}: end -->"
    text = path.read_text(encoding="utf-8")
    new, count = re.subn(
        f"(?<={re.escape(begin)}\n).*?(?={re.escape(end)})", lambda _: f"\n{table}\n", text, flags=re.DOTALL
    )
    if count != 1:
        raise SystemExit(f"error: {path} has no {begin} and {end}, each on a line")
    path.write_text(new, encoding="utf-8")
