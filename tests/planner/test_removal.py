"""The last phase deletes the shims: never while something may still ask for their modules."""

import pytest

from planner.model import Plan
from tests.planner.trees import plan_of

CONFIG = b'[migration]\nname = "m"\ntarget = "app.new:New"\n\n[[engine]]\nlegacy = "app.old.legacy:Old"\n'
CLASS = b"class %s:\n    def run(self):\n        return 1\n"


def planned(text: str) -> Plan:
    return plan_of(
        {
            "consolidate.toml": CONFIG,
            "app/__init__.py": b"",
            "app/new.py": CLASS % b"New",
            "app/old/__init__.py": b"",
            "app/old/legacy.py": CLASS % b"Old",
            "app/main.py": f"from app.old.legacy import Old\n\nOld().run()\n\n{text}\n".encode(),
        }
    )


@pytest.mark.parametrize(
    "text",
    [
        'exec("from app.old.legacy import Old")',
        'write("from app.old.legacy import " + ", ".join(names))',
        'write(f"import app.old.legacy as {name}")',
        'write(b"import app.old.legacy")',
        'exec("""\nimport sys\nfrom .legacy import Old\n""")',
        'run("python -m app.old.legacy --once")',
        'run(f"python -m app.old.legacy {name}")',
        'load("app.old.legacy:Old.run, app.new")',
        'open("app/old/legacy.py")',
    ],
)
def test_a_string_that_may_be_run_or_resolved_holds_the_shim(text: str) -> None:
    plan = planned(text)
    assert plan.phases[0].title == "Put shims in place of the legacy modules"
    assert not any(edit.deleted for phase in plan.phases for edit in phase.files)
    assert plan.notes[0].startswith("the shims stay: 1 reference to them is left, first app/main.py:")


@pytest.mark.parametrize(
    "text",
    ['print("the Old one")', "# from app.old.legacy import Old", 'def f():\n    """As app.old.legacy.Old did."""'],
)
def test_words_do_not(text: str) -> None:
    plan = planned(text)
    assert [edit.path for edit in plan.phases[-1].files if edit.deleted] == ["app/old/legacy.py"]
