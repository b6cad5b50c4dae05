"""Notebooks: whatever their JSON looks like, only the edited source strings change, and every line is told right."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from consolidate.proof import Allowed
from consolidate.proof.notebook import prove_notebook
from planner.model import Action, Plan
from planner.notebooks import Notebook, read_notebook
from tests.planner.trees import Tree, apply_plan, plan_of

CONFIG = b"""
[migration]
name = "one"
target = "app.engine:UserEngine"
[[engine]]
legacy = "app.old:OldEngine"
[engine.exports]
make = "app.tools:make_engine"
"""
CLASS = (
    b"class %s:\n    def __init__(self, name=None):\n        self.name = name\n\n\ndef make%s(name):\n    return name\n"
)
TREE: Tree = {
    "consolidate.toml": CONFIG,
    "app/__init__.py": b"",
    "app/old.py": CLASS % (b"OldEngine", b""),
    "app/engine.py": CLASS % (b"UserEngine", b"_engine"),
    "app/tools.py": CLASS % (b"Tool", b"_engine"),
}
OLD = ("app.old", "OldEngine", "make(")

LINES = st.sampled_from(
    [
        "from app.old import OldEngine",
        "from app.old import OldEngine, make",
        "from app.old import (  # é\n    OldEngine,  # \U0001f600\n    make,\n)",
        "import app.old",
        "import app.old as old; old.OldEngine('ü')",
        'OldEngine("\\n\\t\\"quoted\\" \u2713")',
        "make(OldEngine); print('a', make)",
        "app.old.OldEngine(name='\\\\')",
        "for i in range(3):\n    OldEngine(i)",
        "%matplotlib inline",
        "!ls app/old.py",
        "x = 1  # OldEngine",
        "text = '''\nOldEngine\n'''",
        "",
        "\tif",
    ]
)
CELLS = st.builds(
    lambda kind, lines, as_list, end: (kind, "\n".join(lines) + end, as_list),
    st.sampled_from(["code", "code", "code", "markdown"]),
    st.lists(LINES, max_size=5),
    st.booleans(),
    st.sampled_from(["", "\n"]),
)
FORMATS = st.fixed_dictionaries(
    {
        "indent": st.sampled_from([None, 1, 2, "\t"]),
        "ensure_ascii": st.booleans(),
        "sort_keys": st.booleans(),
        "separators": st.sampled_from([None, (",", ":"), (", ", ": ")]),
    }
)


def notebook(cells: list[tuple[str, str, bool]], layout: dict, end: str) -> bytes:
    content = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"title": "OldEngine, é"},
        "cells": [
            {
                "cell_type": kind,
                "metadata": {"source": "from app.old import OldEngine"},
                "source": source.splitlines(keepends=True) if as_list else source,
                **({"outputs": [{"text": ["OldEngine\n"], "source": "make"}]} if kind == "code" else {}),
            }
            for kind, source, as_list in cells
        ],
    }
    return (json.dumps(content, **layout) + end).encode()


def without_code(data: bytes) -> object:
    content = json.loads(data)
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = type(cell["source"]).__name__
    return content


def outside(data: bytes, spans: list[tuple[int, int]]) -> list[bytes]:
    parts, position = [], 0
    for start, end in spans:
        parts.append(data[position:start])
        position = end
    return [*parts, data[position:]]


@settings(max_examples=150, deadline=None)
@given(st.lists(CELLS, max_size=4), FORMATS, st.sampled_from(["", "\n"]))
def test_bytes_outside_of_the_edits_stay_and_so_does_all_json_but_sources(cells, layout, end) -> None:
    data = notebook(cells, layout, end)
    plan = plan_of({**TREE, "run.ipynb": data})
    last = apply_plan({**TREE, "run.ipynb": data}, plan)[-1]
    after = last["run.ipynb"]
    edits = [edit for phase in plan.phases for file in phase.files if file.path == "run.ipynb" for edit in file.edits]
    shift, spans = 0, []
    for edit in sorted(edits):
        length = len(edit.new.encode())
        spans.append((edit.start + shift, edit.start + shift + length))
        shift += length - (edit.end - edit.start)
    assert outside(data, [(edit.start, edit.end) for edit in sorted(edits)]) == outside(after, spans)
    assert without_code(data) == without_code(after)
    assert data.isascii() == after.isascii()
    check_places(plan, data)
    assert not [item for item in plan.references if "not proved" in item.reason]
    assert not plan_of(last).phases


def check_places(plan: Plan, data: bytes) -> None:
    """Every place that is told holds what is told of it, and every mention is told."""
    lines = data.splitlines()
    for item in plan.references:
        if item.path == "run.ipynb" and item.form in ("name", "call", "text", "text-dotted"):
            told = lines[item.line - 1][item.column :].decode()
            assert told.startswith(item.text.split(".")[0]), (item, told)
    told_lines = {item.line for item in plan.references if item.path == "run.ipynb"}
    for number, line in enumerate(lines, 1):
        if b"OldEngine" in line:
            assert number in told_lines, line


@given(st.text(), st.booleans())
def test_every_character_knows_its_bytes(text: str, ensure_ascii: bool) -> None:
    if any("\ud800" <= character <= "\udfff" for character in text):
        return
    data = json.dumps(
        {"nbformat": 4, "cells": [{"cell_type": "markdown", "source": [text, "x"]}]}, ensure_ascii=ensure_ascii
    ).encode()
    found = read_notebook("a.ipynb", data)
    assert isinstance(found, Notebook)
    (piece,) = found.texts
    assert piece.text == text + "x"
    for character, start, end in zip(piece.text, piece.starts, piece.ends, strict=True):
        assert json.loads(b'"' + data[start:end] + b'"') == character


def plain(*sources: str) -> bytes:
    return notebook([("code", source, False) for source in sources], {"indent": 1}, "\n")


def test_the_proof_refuses_what_was_not_agreed() -> None:
    allowed = Allowed(moves=(("app.old.OldEngine", "app.engine.UserEngine"),))
    old = plain("from app.old import OldEngine\n%time 1\nOldEngine()", "%%bash\nls", "if")
    good = plain("from app.engine import UserEngine\n%time 1\nUserEngine()", "%%bash\nls", "if")
    assert prove_notebook(old, good, allowed) is None
    for bad in (
        good.replace(b"UserEngine()", b"OldEngine()"),
        good.replace(b"%time 1", b"%time 2"),
        good.replace(b"nls", b"nrm"),
        good.replace(b'"if"', b'"while"'),
        good.replace(b'"source": "make"', b'"source": "made"'),
        good.replace(b"UserEngine()", b"UserEngine(1)"),
        good[:-3],
    ):
        assert bad != good
        assert prove_notebook(old, bad, allowed) is not None


def test_check_finds_the_code_of_notebooks_and_no_mere_mention() -> None:
    from consolidate.gate.finding import legacy_references

    broken = b'{"cells": [ "from app.old import OldEngine" '
    tree = {
        **TREE,
        "run.ipynb": plain("from app.old import OldEngine", "OldEngine()"),
        "broken.ipynb": broken,
        "a.md": b"```python\nfrom app.old import OldEngine\n```\n",
    }
    plan = plan_of(tree)
    found = [(item.path, item.form) for item in legacy_references(plan)]
    assert found == [("run.ipynb", "from-import"), ("run.ipynb", "call")]
    places = [(item.path, item.line, item.column, item.engine, item.form) for item in plan.references]
    assert len(places) == len(set(places))
    told = [item for item in plan.references if item.path == "broken.ipynb"]
    assert told
    assert all(item.action is Action.MANUAL and "a notebook that cannot be read" in item.reason for item in told)
    assert [item.path for item in plan.skipped] == ["broken.ipynb"]
