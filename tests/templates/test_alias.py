"""A shim whose names are aliases: what an importer of the old path gets."""

import pytest

from planner.model import Symbol
from templates.shim import WILDCARD, ShimName
from tests.templates.tree import ENGINE, IGNORE, Application, shim


def test_every_name_is_the_replacement_itself(app: Application) -> None:
    app.shim(shim())
    app.run(
        """
        import importlib
        import json
        import app.new as new
        import app.old as old
        from app.old import OldEngine, _helper, run
        assert OldEngine is new.UserEngine is old.OldEngine
        assert _helper is new._private and run is new.UserEngine.run and old.json is json
        for name, (module, attribute) in old._MOVED.items():
            home = importlib.import_module(module)
            for part in filter(None, attribute.split(".")):
                home = getattr(home, part)
            assert getattr(old, name) is home, name
        assert isinstance(new.UserEngine("me"), OldEngine) and issubclass(new.UserEngine, OldEngine)
        class Mine(OldEngine): pass
        assert Mine.__mro__[1] is new.UserEngine
        try:
            raise new.Failure
        except old.Failure:
            pass
        """,
        *IGNORE,
    )


def test_a_star_import_brings_what_it_brought_before(app: Application) -> None:
    app.shim(shim(all_names=("OldEngine", "create_engine")))
    names = app.run(
        "before = set(dir())\nfrom app.old import *\n"
        "print(sorted(set(dir()) - before - {'before', '__warningregistry__'}))",
        *IGNORE,
    )
    assert names == "['OldEngine', 'create_engine']"


@pytest.mark.parametrize("is_package", [False, True])
def test_the_warning_names_both_paths_the_dates_and_the_command_and_blames_the_importer(
    app: Application, is_package: bool
) -> None:
    app.shim(shim(is_package=is_package))
    code = """
        import warnings
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            import app.old
            assert not caught, "importing the module alone takes nothing from it"
            from app.old import OldEngine
        (warning,) = caught
        print(warning.message)
        print(warning.category.__module__, warning.category.__name__, issubclass(warning.category, DeprecationWarning))
        print(warning.filename.rpartition("/")[2], warning.lineno)
        """
    message, *rest = app.run(code).splitlines()
    assert message == (
        "consolidate: app.old.OldEngine is now app.new.UserEngine (since 1.4, the old path goes in 2.0); "
        "run `consolidate plan` to find and fix what uses it"
    )
    assert rest == [
        "app.old ConsolidateDeprecationWarning True",
        "main.py 7",
    ]


def test_one_place_warns_once_and_two_places_twice(app: Application) -> None:
    app.shim(shim())
    code = """
        import app.old as old
        for _ in range(3):
            old.OldEngine
        old.OldEngine
        """
    assert app.start(code, "-W", "default").stderr.count("consolidate: app.old.OldEngine") == 2


@pytest.mark.parametrize("is_package", [False, True])
def test_as_an_error_the_warning_is_raised_at_the_importer(app: Application, is_package: bool) -> None:
    app.shim(shim(is_package=is_package))
    done = app.start("x = 1\nfrom app.old import OldEngine\n", "-W", "error::DeprecationWarning")
    assert done.returncode == 1
    assert 'main.py", line 2' in done.stderr
    assert "ConsolidateDeprecationWarning: consolidate: app.old.OldEngine is now" in done.stderr


@pytest.mark.parametrize("is_package", [False, True])
def test_an_unknown_name_fails_as_in_any_module_and_without_warning(app: Application, is_package: bool) -> None:
    path = app.shim(shim(is_package=is_package))
    code = """
        import app.old as old
        try:
            old.Nothing
        except AttributeError as error:
            print(error)
        try:
            from app.old import Nothing
        except ImportError as error:
            print(error)
        assert not hasattr(old, "Nothing") and not hasattr(old, "__wrapped__")
        assert hasattr(old, "__path__") is PACKAGE
        try:
            import app.old.missing
        except ModuleNotFoundError as error:
            print(error)
        """.replace("PACKAGE", str(is_package))
    relative = path.relative_to(app.folder)
    assert app.run(code, "-W", "error").splitlines() == [
        "module 'app.old' has no attribute 'Nothing'",
        f"cannot import name 'Nothing' from 'app.old' ({app.folder / relative})",
        "No module named 'app.old.missing'" + ("" if is_package else "; 'app.old' is not a package"),
    ]


def test_dir_lists_what_is_served(app: Application) -> None:
    app.shim(shim())
    app.run(
        "import app.old\nassert {'OldEngine', '_helper', 'json', '__all__'} <= set(dir(app.old))\n"
        "assert hasattr(app.old, 'OldEngine') and 'app.new' in __import__('sys').modules",
        *IGNORE,
    )


def test_the_replacement_is_imported_when_a_name_is_taken_and_not_before(app: Application) -> None:
    app.shim(shim())
    app.run(
        "import sys, app.old\nassert 'app.new' not in sys.modules\napp.old.OldEngine\nassert 'app.new' in sys.modules",
        *IGNORE,
    )


def test_a_patch_of_the_old_path_is_undone_and_one_of_the_new_path_is_seen(app: Application) -> None:
    app.shim(shim())
    app.run(
        """
        from unittest import mock
        import app.new, app.old
        with mock.patch("app.old.OldEngine") as fake:
            assert app.old.OldEngine is fake and app.new.UserEngine is not fake
        assert app.old.OldEngine is app.new.UserEngine and "OldEngine" not in vars(app.old)
        with mock.patch("app.new.UserEngine") as fake:
            assert app.old.OldEngine is fake
        """,
        *IGNORE,
    )


def test_a_pickle_that_names_the_old_path_still_loads(app: Application) -> None:
    app.shim(shim())
    app.run(
        """
        import pickle
        import app.new
        data = pickle.dumps(app.new.UserEngine("me"), 0)
        engine = pickle.loads(data.replace(b"app.new\\nUserEngine", b"app.old\\nOldEngine"))
        assert type(engine) is app.new.UserEngine and engine.context == "me"
        """,
        *IGNORE,
    )


def test_a_shim_that_the_replacement_itself_imports_works(app: Application) -> None:
    app.shim(shim())
    app.write(
        "app/tools.py",
        "import app.old as old\n\ndef engine():\n    from app.old import OldEngine\n    return OldEngine\n",
    )
    app.write("app/new.py", "import app.tools\n" + (app.folder / "app/new.py").read_text())
    for first in ("app.new", "app.old", "app.tools"):
        app.run(
            f"import {first}, app.new, app.tools\n"
            "assert app.tools.engine() is app.new.UserEngine is app.tools.old.OldEngine",
            *IGNORE,
        )


def test_a_name_taken_before_the_replacement_has_it_gives_an_import_error_that_says_so(app: Application) -> None:
    app.shim(shim())
    app.write("app/tools.py", "from app.old import OldEngine\n")
    app.write("app/new.py", "import app.tools\n" + (app.folder / "app/new.py").read_text())
    error = app.start("import app.new", *IGNORE).stderr.splitlines()[-1]
    assert error == (
        "ImportError: cannot import name 'UserEngine' from 'app.new' "
        "(it is missing there, or still being imported: a circular import)"
    )


def test_a_reload_and_many_threads_give_the_same_object(app: Application) -> None:
    app.shim(shim())
    app.write("app/new.py", "import time\ntime.sleep(0.1)\n" + (app.folder / "app/new.py").read_text())
    app.run(
        """
        import importlib, sys, threading
        sys.setswitchinterval(1e-5)
        gate, got = threading.Barrier(8), []
        def take():
            gate.wait()
            from app.old import OldEngine
            got.append(OldEngine)
        threads = [threading.Thread(target=take) for _ in range(8)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        assert len(got) == 8 and len(set(got)) == 1
        import app.old
        importlib.reload(app.old)
        assert app.old.OldEngine is got[0]
        """,
        *IGNORE,
    )


def test_it_works_without_docstrings_and_asserts(app: Application) -> None:
    app.shim(shim())
    code = "import app.new, app.old\nprint(app.old.OldEngine is app.new.UserEngine, app.old.__doc__)"
    assert app.run(code, "-OO", *IGNORE) == "True None"


def test_a_submodule_of_a_package_shim_is_imported_as_before(app: Application) -> None:
    app.shim(shim(is_package=True, all_names=("OldEngine", "part")))
    app.write("app/old/part.py", "X = 1")
    app.run("from app.old import part\nassert part.X == 1", "-W", "error")
    app.run("from app.old import *\nassert part.X == 1 and OldEngine.MAX == 3", *IGNORE)


def test_a_module_that_moved_as_a_whole_hands_out_everything(app: Application) -> None:
    app.shim(shim(ShimName(WILDCARD, Symbol("app.new")), all_names=("UserEngine", "LIMIT")))
    app.run(
        """
        import app.new, app.old
        assert app.old.UserEngine is app.new.UserEngine and app.old._private is app.new._private
        assert app.old._MOVED == {"*": ("app.new", "")}
        assert "LIMIT" in dir(app.old) and "*" not in dir(app.old)
        assert not hasattr(app.old, "Nothing") and not hasattr(app.old, "__path__")
        from app.old import *
        assert LIMIT == 7
        app.new.LIMIT = 8
        assert app.old.LIMIT == 8
        """,
        *IGNORE,
    )
    done = app.start("import app.old\napp.old.LIMIT", "-W", "default")
    assert "main.py:2: ConsolidateDeprecationWarning: consolidate: app.old.LIMIT is now app.new.LIMIT" in done.stderr


def test_a_shim_without_names_is_an_empty_module(app: Application) -> None:
    app.shim(shim(ENGINE, all_names=()))
    app.run("from app.old import *\nassert 'OldEngine' not in dir()", "-W", "error")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_lines_end_as_asked(app: Application, newline: str) -> None:
    data = app.shim(shim(), newline).read_bytes()
    rest = data.replace(newline.encode(), b"")
    assert b"\n" not in rest
    assert b"\r" not in rest
    app.run("import app.old, app.new\nassert app.old.OldEngine is app.new.UserEngine", *IGNORE)
