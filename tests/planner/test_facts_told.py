"""What one pass finds in a file, whole: `facts/<name>.txt` holds the source, a line of dashes, and the facts.

`CONSOLIDATE_ACCEPT=1 pytest tests/planner/test_facts_told.py` writes the facts anew; they are to be read, then.
"""

import os
from pathlib import Path

import pytest

from planner.collect import PEP_701
from planner.facts import Interest
from planner.scan import scan
from tests.planner.facts_told import told

# Before 3.12 positions in f-strings are our own, and calls there are told with the quotes around them.
FILES = [
    path for path in sorted(Path(__file__).with_name("facts").glob("*.txt")) if path.stem != "fstrings" or not PEP_701
]
INTEREST = Interest(
    frozenset({"Old", "old", "keep"}),
    frozenset({"New", "new"}),
    frozenset({"run", "stop", "limit", "__len__"}),
    frozenset({"run", "limit", "__len__", "__call__", "__await__", "__iter__", "__enter__", "dir", "__dict__"}),
)
LINE = "-" * 40 + "\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_pass_finds_all_of_it(path: Path) -> None:
    source, _, expected = path.read_text(encoding="utf-8").partition(LINE)
    found = "".join(f"{line}\n" for line in told(scan("x.py", source.encode(), INTEREST), source.encode()))
    if os.environ.get("CONSOLIDATE_ACCEPT"):
        path.write_text(f"{source}{LINE}{found}", encoding="utf-8")
    assert found == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("begins", [b"\xef\xbb\xbf", b"# \xc3\xa9\r\n"], ids=["mark", "other-line-ends"])
def test_positions_count_bytes_whatever_the_file_begins_with(path: Path, begins: bytes) -> None:
    source = path.read_text(encoding="utf-8").partition(LINE)[0].encode()
    if begins.endswith(b"\r\n"):
        source = source.replace(b"\n", b"\r\n")
    plain = scan("x.py", source, INTEREST)
    found = scan("x.py", begins + source, INTEREST)
    assert [(item.start - len(begins), item.end - len(begins)) for item in found.uses] == [
        (item.start, item.end) for item in plain.uses
    ]
    for item in found.uses:
        if item.certain and not item.quoted:
            assert (begins + source)[item.start : item.end] == item.name.encode()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shallow_pass_tells_what_the_module_offers(path: Path) -> None:
    source = path.read_text(encoding="utf-8").partition(LINE)[0].encode()
    whole, shallow = scan("x.py", source, INTEREST), scan("x.py", source, INTEREST, shallow=True)
    assert [item.name for item in shallow.exports] == [item.name for item in whole.exports]
    assert shallow.all_names == whole.all_names
    outside = [item for item in whole.aliases if not {"function", "class"} & whole.statements[item.statement].context]
    assert [(item.module, item.name, item.line) for item in shallow.aliases] == [
        (item.module, item.name, item.line) for item in outside
    ]
    assert {item.scope_kind for item in shallow.bindings} <= {"module"}
