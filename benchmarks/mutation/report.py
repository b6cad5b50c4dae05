"""The results: how many of the mutants are killed, which are not, and why not.

    python report.py RESULTS.json FILE.md...

puts the tables into the marked places of Markdown files again, after reasons.toml has changed.
"""

from __future__ import annotations

import json
import math
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

REASONS = Path(__file__).with_name("reasons.toml")
NONE = "not looked at"


def results(mutants: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what is kept of the mutants that were tried."""
    shown = ("path", "line", "operator", "old", "new", "key", "tests")
    files: dict[str, Counter[str]] = {}
    for item in mutants:
        files.setdefault(item["path"], Counter(killed=0, timeout=0, survived=0))[item["verdict"]] += 1
    survivors = [{name: item[name] for name in shown} for item in mutants if item["verdict"] == "survived"]
    survivors.sort(key=lambda item: (item["path"], item["line"], item["key"]))
    killed = {item["key"]: item["by"] for item in mutants if item["verdict"] != "survived"}
    return {"files": dict(sorted(files.items())), "survivors": survivors, "killed": dict(sorted(killed.items()))}


def interval(killed: int, total: int) -> tuple[float, float]:
    """Return the 95% interval of a share, by Wilson."""
    z, share = 1.96, killed / total
    middle = share + z * z / (2 * total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return (middle - half) / (1 + z * z / total), (middle + half) / (1 + z * z / total)


def figures(results: dict[str, Any]) -> str:
    """Return the table of the figures: a row for each package, and one for both."""
    packages: dict[str, Counter[str]] = {}
    for path, count in results["files"].items():
        packages.setdefault(path.partition("/")[0], Counter()).update(count)
    rows = ["| | mutants | killed | of them by time | share | 95% interval |", "|---|---:|---:|---:|---:|---:|"]
    rows += [_row(f"`{name}/`", packages[name]) for name in sorted(packages)]
    rows.append(_row("**both**", sum(packages.values(), Counter())))
    drawn = f"One mutant in {results['sites'] / sum(map(Counter.total, packages.values())):.0f} places"
    text = f"{drawn}, seed {results['seed']}, commit `{results['commit'][:12]}`"
    if taken := results.get("taken"):
        text += f"; what was killed at `{taken[:12]}` or later was not tried again"
    return "\n".join(rows) + f"\n\n{text}.\n"


def _row(name: str, count: Counter[str]) -> str:
    total, left = count.total(), count["survived"]
    low, high = interval(total - left, total)
    share = f"{(total - left) / total:.1%}"
    return f"| {name} | {total} | {total - left} | {count['timeout']} | {share} | {low:.1%} to {high:.1%} |"


def survivors(results: dict[str, Any]) -> str:
    """Return the table of survivors, with the reason that reasons.toml gives, and how many there are of each kind."""
    reasons = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    kinds, texts = reasons["kind"], {item["key"]: item for item in reasons.get("survivor", [])}
    count: Counter[str] = Counter()
    rows = []
    for item in results["survivors"]:
        known = texts.get(item["key"], {"kind": NONE, "reason": ""})
        count[known["kind"]] += 1
        change = f"{_code(item['old'])} as {_code(item['new'])}"
        why = ": ".join(filter(None, (known["kind"], known["reason"])))
        rows.append(f"| {item['path']}:{item['line']} | {change} | {why} |")
    summary = [f"| {kind} | {count[kind]} | {kinds.get(kind, '')} |" for kind in (*kinds, NONE) if count[kind]]
    first = ["| kind | survivors | |", "|---|---:|---|", *summary, ""]
    return "\n".join([*first, "| place | change | why it survives |", "|---|---|---|", *rows]) + "\n"


def _code(text: str) -> str:
    """Return a line as code in a cell of a table."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{' '.join(text.split())}{fence}".replace("|", "\\|")


def insert(path: Path, results: dict[str, Any]) -> None:
    """Put the tables between the marks that a Markdown file has for them. A file without any is an error."""
    text, found = path.read_text(encoding="utf-8"), False
    for name, table in (("figures", figures(results)), ("survivors", survivors(results))):
        begin, end = f"<!-- mutation {name}: begin -->\n", f"<!-- mutation {name}: end -->"
        before, opened, rest = text.partition(begin)
        _, closed, after = rest.partition(end)
        if opened and closed:
            text, found = f"{before}{begin}\n{table}\n{end}{after}", True
    if not found:
        raise SystemExit(f"error: {path} has no marks `<!-- mutation figures: begin -->` and `end`, each on a line")
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    read = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    read["files"] = {path: Counter(count) for path, count in read["files"].items()}
    for name in sys.argv[2:]:
        insert(Path(name), read)
    print(figures(read))
