"""The results of twelve.py as Markdown tables: every cell is computed from twelve.json's figures, none is typed."""

from __future__ import annotations

from typing import Any

from table import cell

MOST_REASONS = 12
NUMBERS = ("grep", "from_imports", "module_imports")
PLACES = ("rewritten", "listed", "silent", "untrue")


def markdown(results: dict[str, Any]) -> str:
    """Return all tables: what came out, the importers of each module, what each engine's references became, and why."""
    why = (reasons(results, action) for action in ("manual", "left"))
    return "\n".join([outcome(results), importers(results), engines(results), *why])


def summary(results: dict[str, Any]) -> str:
    """Return what came out, what each engine's references became, and why a person is asked."""
    return "\n".join([outcome(results), engines(results), reasons(results, "manual")])


def grid(header: str, rows: list[str]) -> str:
    columns = header.count("|") - 1
    return "\n".join([header, "|---|" + "---:|" * (columns - 1), *rows]) + "\n"


def outcome(results: dict[str, Any]) -> str:
    plan, tests, ran = results["plan"], results["after"], results["outcomes"]
    phases, digests = results["phases"], results["plan_digests"]
    actions = plan["actions"]
    collected = f"tests collected from {results['test_files']} test files (before: {results['before']['tests']})"
    facts: dict[str, Any] = {
        f"references found, in {plan['files']} files": plan["references"],
        "rewritten": actions.get("rewritten", 0),
        "manual, each with its reason": actions.get("manual", 0),
        "left, each with its reason": actions.get("left", 0),
        "manual or left without a reason": plan["without_reason"],
        "import statements listed nowhere": sum(len(row["silent"]) for row in results["importers"]),
        "files newly unparsable, most after any phase": worst(phases, "newly_unparsable"),
        "names newly unbound (pyflakes), most after any phase": worst(phases, "newly_unbound"),
        "imports newly dangling, most after any phase": worst(phases, "newly_dangling"),
        collected: tests["tests"],
        "tests lost, by node id": tests["tests_lost"],
        "tests gained, by node id": tests["tests_gained"],
        "test files newly failing to collect": tests["newly_uncollectable"],
        f"engine tests that pass before, offline, from {ran['files']} unit test files": ran["passed_before"],
        "of these, failing after": ran["newly_failing"],
        "of these, flaky": ran["flaky"],
        "phases, a commit each": phases,
        "exit code of `apply --all`": results["apply_exit"],
        "`revert --phase 1 --through` gives the tree id from before": "yes" if results["revert_tree_equal"] else "no",
        f"different plans in {len(digests)} runs": len(set(digests.values())),
    }
    if results["plan_median"] is not None:
        facts[f"`plan`, cold, median of {len(results['plan_seconds'])}"] = f"{results['plan_median']:.1f} s"
    return grid("| | |", [f"| {label} | {cell(value)} |" for label, value in facts.items()])


def worst(phases: list[dict[str, Any]], key: str) -> int:
    return max((len(phase[key]) for phase in phases), default=0)


def importers(results: dict[str, Any]) -> str:
    header = (
        "| imports of the module | `git grep` | `ast`: from + import | files | rewritten | listed | silent | untrue |"
    )
    rows = [importer(short(row["module"]), row, row["files"]) for row in results["importers"]]
    total: dict[str, Any] = {key: sum(row[key] for row in results["importers"]) for key in NUMBERS}
    total |= {key: [place for row in results["importers"] for place in row[key] or ()] for key in PLACES}
    return grid(header, [*rows, importer("all", total, results["importing_files"])])


def importer(label: str, row: dict[str, Any], files: int) -> str:
    grep, of, modules = (row[key] for key in NUMBERS)
    counts = " | ".join("" if row[key] is None else cell(row[key]) for key in PLACES)
    return f"| {label} | {grep} | {of} + {modules} | {files} | {counts} |"


def engines(results: dict[str, Any]) -> str:
    rows = [
        f"| {short(row['legacy'])} | {row['shim']} | {row['importers']} | "
        f"{row['rewritten'] + row['manual'] + row['left']} | {row['rewritten']} | {row['manual']} | {row['left']} |"
        for row in results["plan"]["engines"]
    ]
    return grid("| engine | shim | importers | references | rewritten | manual | left |", rows)


def reasons(results: dict[str, Any], action: str) -> str:
    found = list(results["plan"][action].items())
    rows = [f"| {reason} | {count} |" for reason, count in found[:MOST_REASONS]]
    if len(found) > MOST_REASONS:
        rows.append(f"| {len(found) - MOST_REASONS} more | {sum(count for _, count in found[MOST_REASONS:])} |")
    return grid(f"| {action}, by reason | references |", rows)


def short(name: str) -> str:
    return name.removeprefix("netra_backend.app.").replace(":", ": ")
