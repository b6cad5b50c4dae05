"""The results as a Markdown table: every cell is counted from the verdicts, none is typed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- compare.py: begin -->", "<!-- compare.py: end -->"
NOT_RUN = "not run"


def markdown(results: dict[str, Any]) -> str:
    """Return the table `right / wrong / left` for a results.json: a row for each form, a column for each tool."""
    tools, forms = results["tools"], results["forms"]
    versions = [f"`{name}` {tool['version']}" for name, tool in tools.items()]
    rows = [line("right / wrong / left, of how many", "", *versions), "|---|---:|" + "---:|" * len(tools)]
    totals: dict[str, Counter[str]] = {tool: Counter() for tool in tools}
    for form, verdicts in forms.items():
        counts = {tool: Counter(item["verdict"] for item in verdicts[tool].values()) for tool in tools}
        for tool, count in counts.items():
            totals[tool].update(count)
        rows.append(line(form, str(programs(verdicts)), *(cell(counts[tool]) for tool in tools)))
    total = sum(map(programs, forms.values()))
    rows.append(line("**all**", f"**{total}**", *(f"**{cell(totals[tool])}**" for tool in tools)))
    rows.append(line("ended with an error", "", *(str(gave_up(forms, tool)) for tool in tools)))
    unit = tools["consolidate"]["seconds"]
    rows.append(line("processor time", "", *(f"{tool['seconds'] / unit:.2f}" for tool in tools.values())))
    return "\n".join(rows) + "\n"


def summary(results: dict[str, Any]) -> str:
    """Return the short table: the totals alone, a row for each tool."""
    rows = ["| | right | wrong | left | processor time |", "|---|---:|---:|---:|---:|"]
    unit = results["tools"]["consolidate"]["seconds"]
    for name, tool in results["tools"].items():
        count: Counter[str] = Counter()
        for verdicts in results["forms"].values():
            count.update(item["verdict"] for item in verdicts[name].values())
        left = str(count["left"]) + silent(count)
        rows.append(
            line(f"`{name}`", *(str(count[word]) for word in ("right", "wrong")), left, f"{tool['seconds'] / unit:.2f}")
        )
    return "\n".join(rows) + "\n"


def folded(results: dict[str, Any]) -> str:
    """Return the short table, and the long one folded away below it."""
    label = "Form by form: right / wrong / left"
    table = markdown(results)
    return f"{summary(results)}\n<details>\n<summary>{label}</summary>\n\n{table}\n</details>\n"


def programs(verdicts: dict[str, Any]) -> int:
    return max(map(len, verdicts.values()))


def cell(count: Counter[str]) -> str:
    return f"{count['right']} / {count['wrong']} / {count['left']}" + silent(count)


def silent(count: Counter[str]) -> str:
    return f" (and {count['silent']} silent)" if count["silent"] else ""


def gave_up(forms: dict[str, Any], tool: str) -> int:
    return sum("failed" in item for verdicts in forms.values() for item in verdicts[tool].values())


def line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def insert(path: Path, table: str) -> None:
    """Put a table between the two marks of a Markdown file. A file without them is an error."""
    text = path.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN + "\n")
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise SystemExit(f"error: {path} has no {BEGIN} and {END}, each on a line")
    path.write_text(f"{before}{begin}\n{table}\n{end}{after}", encoding="utf-8")
