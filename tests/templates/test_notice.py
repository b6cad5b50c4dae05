"""The notice of deprecation in an implementation that stays."""

import pytest

from planner.model import Symbol
from templates.render import NOTICE_BEGIN, NOTICE_END, render_warning_block
from templates.shim import ShimName
from tests.templates.tree import ENGINE, Application, shim

BODY = "class OldEngine:\n    pass\n\ndef make():\n    return OldEngine()\n"


def implementation(app: Application, path: str = "app/old.py") -> None:
    app.write(path, f'"""Doc."""\nfrom __future__ import annotations\n\n{render_warning_block(shim(ENGINE))}\n{BODY}')


@pytest.mark.parametrize("path", ["app/old.py", "app/old/__init__.py"])
@pytest.mark.parametrize(
    "statement",
    ["from app.old import OldEngine, make", "import app.old", "from app import old", "__import__('app.old')",
     "import importlib; importlib.import_module('app.old')"],
)  # fmt: skip
def test_it_warns_once_at_import_and_blames_the_importer(app: Application, path: str, statement: str) -> None:
    implementation(app, path)
    done = app.start(f"x = 1\n{statement}\n{statement}\nimport app.old\n", "-W", "always")
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[0].endswith(
        "main.py:2: _ConsolidateDeprecationWarning: consolidate: app.old is deprecated: "
        "OldEngine is now app.new.UserEngine (since 1.4, the old path goes in 2.0); "
        "run `consolidate plan` to find and fix what uses it"
    )
    assert done.stderr.count("is deprecated") == 1


def test_as_an_error_it_is_raised_through_the_importer(app: Application) -> None:
    implementation(app)
    done = app.start("x = 1\nimport app.old\n", "-W", "error::DeprecationWarning")
    assert done.returncode == 1
    assert 'main.py", line 2' in done.stderr


def test_no_public_name_and_no_module_stays_behind(app: Application) -> None:
    implementation(app)
    code = """
        import app.old
        print(sorted(name for name in vars(app.old) if not name.startswith("__")), app.old.__doc__)
        before = set(dir())
        from app.old import *
        print(sorted(set(dir()) - before - {"before"}))
        """
    assert app.run(code, "-W", "ignore:consolidate").splitlines() == [
        "['OldEngine', '_ConsolidateDeprecationWarning', 'annotations', 'make'] Doc.",
        "['OldEngine', 'annotations', 'make']",
    ]


def test_its_first_and_last_line_mark_what_can_be_cut_out_again() -> None:
    lines = render_warning_block(shim(), "\r\n").split("\r\n")
    assert lines[0] == NOTICE_BEGIN
    assert lines[-2:] == [NOTICE_END, ""]
    assert "\n" not in "".join(lines)


def test_of_many_names_three_are_told(app: Application) -> None:
    names = [ShimName(f"name{index}", Symbol("app.new", f"other{index}")) for index in range(5)]
    app.write("app/old.py", render_warning_block(shim(*names, all_names=())))
    done = app.start("import app.old\n", "-W", "always")
    assert "name1 is now app.new.other1, name2 is now app.new.other2, and 2 more (since" in done.stderr


def test_each_name_stands_on_a_line_of_its_own_and_no_line_is_too_long(app: Application) -> None:
    module = "netra_backend.app.agents.supervisor.user_execution_engine.of_a_package_with_a_very_long_name.and_more"
    names = [ShimName(f"RequestScopedExecutionEngine{n}", Symbol(module, f"UserExecutionEngine{n}")) for n in range(3)]
    block = render_warning_block(shim(*names, all_names=()))
    assert max(map(len, block.splitlines())) <= 120
    assert all(line.count(" is now ") <= 1 for line in block.splitlines())
    app.write("app/old.py", block)
    done = app.start("import app.old\n", "-W", "always")
    told = ", ".join(f"RequestScopedExecutionEngine{n} is now {module}.UserExecutionEngine{n}" for n in range(3))
    assert f"consolidate: app.old is deprecated: {told} (since 1.4" in done.stderr
