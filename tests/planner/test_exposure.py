"""Who imports a file and which tests reach it, where statements and layouts are out of the ordinary."""

from planner.layout import Layout
from planner.model import Plan
from planner.named import modules_of, named
from tests.planner.trees import plan_of

CONFIG = b'[migration]\nname = "m"\ntarget = "new:New"\ntests = ["tests/**"]\n\n[[engine]]\nlegacy = "old:Old"\n'
FILES = {
    "consolidate.toml": CONFIG,
    "old.py": b"class Old: pass\n",
    "new.py": b"class New: pass\n",
    "user.py": b"from old import Old\nprint(Old)\n",
    "pack/__init__.py": b"",
    "pack/deep.py": b"from old import Old\nprint(Old)\n",
    "pack/beside.py": b"from . import deep\n",
    "other.py": b"import user\nimport pack.deep\n",
    "third.py": b"from user import Old\n",
    "tests/test_it.py": b"import user\n",
    "tests/test_deep.py": b"from pack import beside\n",
}


def told(plan: Plan) -> dict[str, tuple[int, int]]:
    return {item.path: (item.importers, item.tests) for phase in plan.phases for item in phase.risk_facts}


def test_modules_without_a_package_have_importers_and_tests_as_others_do() -> None:
    found = told(plan_of(FILES))
    assert found["user.py"] == (3, 1)
    assert found["pack/deep.py"] == (2, 1)


def test_a_test_counts_by_what_it_imports_first_and_else_by_what_imports_that() -> None:
    without = {path: data for path, data in FILES.items() if path != "tests/test_deep.py"}
    assert told(plan_of(without))["pack/deep.py"] == (2, 0)
    more = {**FILES, "tests/test_both.py": b"import pack.deep\n"}
    assert told(plan_of(more))["pack/deep.py"] == (3, 1)


def test_each_statement_of_a_file_counts_whatever_stands_before_it() -> None:
    layout = Layout(["a/__init__.py", "a/b.py", "a/c.py", "a/d.py"])
    source = b"from ....x import y\nimport a.b\nfrom a import c\nimport json\nfrom a.d import *\n"
    assert modules_of("a/b.py", named(source), layout) & {"a.b", "a.c", "a.d"} == {"a.b", "a.c", "a.d"}
