"""What is decided for small trees, whole: `plans/<name>.txt` holds the files, and behind a line of dashes the plan.

It says of each reference what becomes of it and why, of engines and phases what `told` tells of them, and what the
files are in the end. No program runs, so these are quick; what they decide is run as golden cases.

`CONSOLIDATE_ACCEPT=1 pytest tests/planner/test_plans_told.py` writes the plans anew; they are to be read, then.
"""

import difflib
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from planner.model import Plan
from tests.planner.told import told
from tests.planner.trees import Tree, apply_plan, plan_of, shown

FOLDER = Path(__file__).with_name("plans")
LINE = "-" * 40 + "\n"
FILES = sorted(FOLDER.glob("*.txt"))


def tree(text: str) -> Tree:
    """Return the files of a text: each begins with a line `== path`."""
    parts = (part.partition("\n") for part in f"\n{text}".split("\n== ")[1:])
    return {path: f"{content}\n".encode() if content else b"" for path, _, content in parts}


@cache
def planned(path: Path) -> tuple[Tree, Plan, list[Tree]]:
    before = tree(path.read_text(encoding="utf-8").partition(LINE)[0].removesuffix("\n"))
    plan = plan_of(before)
    return before, plan, apply_plan(before, plan)


def changes(before: Tree, after: Tree) -> Iterator[str]:
    """Yield what differs in the files, but for shims, by lines."""
    for path in sorted(before):
        old, new = (files.get(path, b"").decode().splitlines() for files in (before, after))
        if not {"_MOVED", "_consolidate_notice"} & set(re.findall(r"\w+", " ".join(new))):
            yield from (line for line in difflib.unified_diff(old, new, path, path, "", "", 0, "") if line[:2] != "@@")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_plan_decides_and_tells_all_of_it(path: Path) -> None:
    before, plan, stages = planned(path)
    found = "".join(f"{line}\n" for line in (*shown(plan), "", *told(plan), "", *changes(before, stages[-1])))
    source, _, expected = path.read_text(encoding="utf-8").partition(LINE)
    if os.environ.get("CONSOLIDATE_ACCEPT"):
        path.write_text(f"{source}{LINE}{found}", encoding="utf-8")
    assert found == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_left_to_do_after_a_plan(path: Path) -> None:
    assert not plan_of(planned(path)[2][-1]).phases
