"""The edits of a plan as a reviewer sees them, from real plans."""

from pathlib import Path

from consolidate.repository import Repository
from consolidate.review.items import Item, items_of
from planner import planfile
from planner.model import Risk
from tests.hostile_sources import world

RULE = b'\n[engine.call]\nfrom = "(a, b=None)"\nto = "New(a, extra=b)"\n'
CALLS = b"""\
from app.old import Old as E
from app.old import Old

one = E(1, b=2)
two = E(
    3,
    b=E(4, b=5),
)
three = Old(6, b=7)
"""


def items(folder: Path, more: dict[str, bytes]) -> tuple[Item, ...]:
    world.make(folder, more)
    assert world.run(folder, "plan", "-o", "../plan.json").code == 0
    with Repository.open(folder) as repository:
        return items_of(repository, planfile.load((folder.parent / "plan.json").read_bytes()))


def test_the_edits_of_a_call_are_one_whether_its_name_changes_or_not(tmp_path):
    new = b"class New:\n    def __init__(self, a, extra=None): pass\n"
    old = b"class Old:\n    def __init__(self, a, b=None): pass\n"
    files = {"consolidate.toml": world.CONFIG + RULE, "app/calls.py": CALLS, "app/new.py": new, "app/old.py": old}
    found = [item for item in items(tmp_path / "r", files) if item.path == "app/calls.py"]
    calls = [item for item in found if item.codemod == "rewrite-calls"]
    assert [item.old.partition("(")[0] for item in calls] == ["E", "E", "E", "Old"]
    assert calls[0].new.startswith("E(1, extra=")
    assert calls[3].new.startswith("New(6, extra=")
    assert len({item.id for item in found}) == len(found)
    assert {edit for item in found for edit in item.edits} >= {edit for item in calls for edit in item.edits}
    assert all(item.hunk is not None for item in found)
    assert {item.references[0].form for item in calls} == {"call"}
    assert calls[0].shape == calls[2].shape


def test_every_edit_is_in_one_item_and_has_the_risk_of_its_references(tmp_path):
    found = items(tmp_path / "r", {"app/base.py": b"from app.old import Old\n\n\nclass Sub(Old):\n    pass\n"})
    plan = planfile.load((tmp_path / "plan.json").read_bytes())
    planned = [edit for phase in plan.phases for file in phase.files for edit in file.edits]
    assert sorted(edit for item in found for edit in item.edits) == sorted(planned)
    base = next(item for item in found if item.path == "app/base.py" and item.line == 4)
    assert [reference.form for reference in base.references] == ["base-class"]
    assert base.risk is not Risk.LOW
