"""A module is an attribute of its package while somebody imports it, after each phase as well."""

from pathlib import Path

from planner.model import Plan
from tests.planner.running import run_all
from tests.planner.trees import Tree, apply_plan, plan_of

CONFIG = b'[migration]\nname = "m"\ntarget = "app.new:New"\n\n[[engine]]\nlegacy = "app.old:Old"\n'
FILES = {
    "consolidate.toml": CONFIG,
    "app/__init__.py": b"from .far import far\n",
    "app/far.py": b"from .near import near\n\nfar = near\n",
    "app/near.py": b"from app.old import Old\n\nnear = Old()\n",
    "app/late.py": b"def late():\n    from app.old import Old\n\n    return Old()\n",
    "app/old.py": b"class Old:\n    pass\n",
    "app/new.py": b"class New:\n    pass\n",
    "main.py": b"import app\n\nprint(type(app.old.Old()).__name__ in ('Old', 'New'))\n",
}


def moved(plan: Plan) -> set[str]:
    return {file.path for phase in plan.phases for file in phase.files} - {"app/old.py"}


def test_the_nearest_importer_stays(tmp_path: Path) -> None:
    files: Tree = {**FILES, "app/far.py": FILES["app/far.py"] + b"from app.old import Old\n"}
    plan = plan_of(files)
    assert moved(plan) == {"app/near.py", "app/late.py"}
    reasons = {item.reason for item in plan.references if item.path == "app/far.py"}
    assert reasons == {"main.py:3 reaches app.old as an attribute of app, which this import makes it"}
    tasks = []
    for number, stage in enumerate(apply_plan(files, plan)):
        for path, data in stage.items():
            place = tmp_path / str(number) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        tasks.append((tmp_path / str(number), "main", ""))
    assert run_all(tasks) == [(0, "True\n")] * len(tasks)


def test_words_that_stay_load_nothing() -> None:
    words = b"# as app.old.Old\nsaid = 'the Old'\n"
    later = b"\n\ndef later():\n    from app.old import helper\n\n    return helper\n"  # it has no successor, and stays
    old = FILES["app/old.py"] + b"\n\ndef helper():\n    return Old()\n"
    for more in (words, later):
        plan = plan_of({**FILES, "app/old.py": old, "app/near.py": FILES["app/near.py"] + more})
        assert "app/near.py" not in moved(plan), more


def test_nobody_is_held_who_does_not_load_it(tmp_path: Path) -> None:
    assert moved(plan_of(FILES)) == {"app/late.py"}
    imports = {**FILES, "main.py": b"import app.old\n\napp.old.Old()\n"}
    assert moved(plan_of(imports)) == {"app/near.py", "app/late.py", "main.py"}
    elsewhere = {**FILES, "app/__init__.py": b""}  # something else imports it before, nobody can tell what
    assert moved(plan_of(elsewhere)) == {"app/near.py", "app/late.py"}
