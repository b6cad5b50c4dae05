"""Files that no parser is shown: what refers from them is for a human, and their names are kept."""

from planner.model import Action
from tests.planner.trees import Tree, plan_of, shown

CONFIG = (
    b'[migration]\nname = "m"\ntarget = "app.new:New"\n[[engine]]\nlegacy = "app.old:Old"\n'
    b'[[engine]]\nlegacy = "app.other:Other"\n'
)
TREE: Tree = {
    "consolidate.toml": CONFIG,
    "app/__init__.py": b"",
    "app/old.py": b"class Old: pass\n",
    "app/other.py": b"class Other: pass\n",
    "app/new.py": b"class New: pass\n",
}


def test_of_a_file_that_is_not_read_the_first_mention_of_each_engine_is_listed() -> None:
    data = "# \u00e9\nx = 'a'; from app.old import Old\nfrom app.old import Old\n\0\n\u00e9 Other, Other\n".encode()
    plan = plan_of({**TREE, "app/user.py": data})
    found = [(item.path, item.line, item.column, item.engine, item.form, item.text) for item in plan.references]
    assert found == [
        ("app/user.py", 2, 14, "app.old:Old", "unreadable", "app.old"),
        ("app/user.py", 5, 3, "app.other:Other", "unreadable", "Other"),
    ]
    assert all(item.action is Action.MANUAL for item in plan.references)
    assert shown(plan)[0].endswith("not read: it holds NUL bytes; the first of its mentions")
    assert [(item.path, item.reason) for item in plan.skipped] == [("app/user.py", "it holds NUL bytes")]
