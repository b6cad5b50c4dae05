"""Names that go through a call rule: a class that is constructed differently, and a factory function."""

import pytest

from planner.callrule import parse_rule
from planner.model import Symbol
from templates.shim import ShimName
from tests.templates.tree import IGNORE, Application, adapter, shim

START = "from app.old import OldEngine\nimport app.old, app.new\nfrom app.new import UserEngine\n"


def check(app: Application, code: str) -> None:
    app.shim(adapter())
    app.write("case.py", code)
    app.run(START + (app.folder / "case.py").read_text(), *IGNORE)


def test_a_call_goes_by_the_rule_with_the_legacy_parameters(app: Application) -> None:
    check(
        app,
        """
        import inspect
        engine = OldEngine("registry", bridge="bridge")
        assert type(engine) is UserEngine and engine.registry == ("registry", "bridge") and engine.context == "nobody"
        assert OldEngine("r", "b", "me").context == "me"
        assert str(inspect.signature(OldEngine)) == "(registry, bridge, context=None)"
        assert callable(OldEngine) and inspect.isclass(OldEngine)
        try:
            OldEngine("registry")
        except TypeError as error:
            assert str(error) == "OldEngine() missing 1 required positional argument: 'bridge'", error
        else:
            raise SystemExit("no TypeError")
        """,
    )


def test_type_tests_follow_the_replacement(app: Application) -> None:
    check(
        app,
        """
        engine = UserEngine("me")
        assert isinstance(engine, OldEngine) and isinstance(engine, (int, OldEngine)) and not isinstance(1, OldEngine)
        assert issubclass(UserEngine, OldEngine) and issubclass(OldEngine, UserEngine)
        assert issubclass(OldEngine, OldEngine)
        assert issubclass(OldEngine, app.new.Base) and not issubclass(int, OldEngine) and not issubclass(OldEngine, int)
        assert OldEngine == UserEngine and UserEngine == OldEngine and OldEngine != int
        assert {OldEngine: 1}[type(engine)] == 1 and {UserEngine: 2}[OldEngine] == 2
        """,
    )


def test_attributes_are_those_of_the_replacement_in_both_directions(app: Application) -> None:
    check(
        app,
        """
        from unittest import mock
        assert OldEngine.MAX == 3 and OldEngine.__name__ == "UserEngine" and "create_from_legacy" in dir(OldEngine)
        assert OldEngine.create_from_legacy("r", "b").registry == ("r", "b")
        OldEngine.MAX = 4
        assert UserEngine.MAX == 4
        OldEngine.EXTRA = 1
        del OldEngine.EXTRA
        assert not hasattr(UserEngine, "EXTRA")
        with mock.patch.object(OldEngine, "run", return_value="patched"):
            assert UserEngine("me").run() == "patched"
        assert UserEngine("me").run() == "ran"
        with mock.patch.object(OldEngine, "__init__", return_value=None):
            assert not hasattr(UserEngine("me"), "context")
        assert UserEngine("me").context == "me"
        """,
    )


def test_a_mock_with_the_old_name_as_its_specification_passes_for_one(app: Application) -> None:
    check(
        app,
        """
        from unittest import mock
        fake = mock.Mock(spec=OldEngine)
        fake.run()
        assert isinstance(fake, OldEngine)
        try:
            fake.nothing
        except AttributeError:
            pass
        else:
            raise SystemExit("the specification is not kept")
        """,
    )


def test_a_subclass_is_one_of_the_replacement(app: Application) -> None:
    check(
        app,
        """
        class Mine(OldEngine):
            def run(self):
                return "mine and " + super().run()
        assert Mine.__bases__ == (UserEngine,) and issubclass(Mine, OldEngine)
        assert Mine("me").run() == "mine and ran" and isinstance(Mine("me"), OldEngine)
        """,
    )


def test_annotations_can_be_written_and_read(app: Application) -> None:
    check(
        app,
        """
        from typing import Dict, List, Optional, Type, get_type_hints
        def function(a: OldEngine, b: Optional[OldEngine], c: "OldEngine | None", d: List[OldEngine],
                     e: OldEngine | None, f: None | OldEngine, g: Type[OldEngine],
                     h: Dict[str, "OldEngine"]) -> OldEngine:
            pass
        hints = get_type_hints(function)
        assert hints["a"] is OldEngine is hints["return"]
        assert hints["b"] == hints["c"] == hints["e"] == hints["f"] == Optional[OldEngine] == Optional[UserEngine]
        assert isinstance(UserEngine("me"), hints["e"]) and isinstance(None, hints["f"])
        """,
    )


def test_instances_and_the_name_itself_can_be_pickled_and_copied(app: Application) -> None:
    check(
        app,
        """
        import copy, pickle
        engine = pickle.loads(pickle.dumps(OldEngine("r", "b")))
        assert type(engine) is UserEngine and engine.registry == ("r", "b")
        assert pickle.loads(pickle.dumps(OldEngine)) is OldEngine
        assert copy.deepcopy({"engine": OldEngine})["engine"] is OldEngine
        assert repr(OldEngine) == "<class 'app.old.OldEngine'>"
        """,
    )


@pytest.mark.parametrize("first", ["app.new", "app.tools"])
def test_inside_the_import_closure_of_the_replacement_it_can_even_be_imported_and_annotated_with(
    app: Application, first: str
) -> None:
    app.shim(adapter())
    app.write(
        "app/tools.py",
        "from dataclasses import dataclass\nfrom typing import Optional\nfrom app.old import OldEngine\n\n"
        "@dataclass\nclass Tool:\n    engine: OldEngine\n    other: Optional[OldEngine] = None\n\n"
        "def make(engine: Optional[OldEngine] = None):\n    return engine or OldEngine('r', 'b')\n",
    )
    app.write("app/new.py", "import app.tools\nTool = app.tools.Tool\n" + (app.folder / "app/new.py").read_text())
    app.run(
        f"import {first}\nfrom app.tools import make\nimport app.new\nassert isinstance(make(), app.new.UserEngine)",
        *IGNORE,
    )


def test_taking_the_name_warns_and_calling_it_does_not(app: Application) -> None:
    app.shim(adapter())
    done = app.start("from app.old import OldEngine\nfor _ in '12':\n    OldEngine(1, 2)\n", "-W", "always")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("ConsolidateDeprecationWarning: consolidate: app.old.OldEngine is now") == 1


def test_a_factory_function_keeps_its_parameters_and_calls_the_replacement(app: Application) -> None:
    rule = parse_rule("(registry, /, owner='me', *, strict=False)", "create_engine(owner, [registry, strict])")
    app.shim(shim(ShimName("make", Symbol("app.new", "create_engine"), rule, function=True), all_names=("make",)))
    app.run(
        """
        import inspect, pickle
        from app.old import make
        engine = make(1, strict=True)
        assert engine.context == "me" and engine.registry == [1, True]
        assert inspect.isfunction(make) and make.__name__ == "make" and pickle.loads(pickle.dumps(make)) is make
        assert str(inspect.signature(make)) == "(registry, /, owner='me', *, strict=False)"
        """,
        *IGNORE,
    )


def test_a_rule_that_awaits_makes_a_coroutine_function(app: Application) -> None:
    rule = parse_rule("(context)", "await create_later(context)")
    app.shim(shim(ShimName("make", Symbol("app.new", "create_later"), rule, function=True), all_names=()))
    app.run(
        "import asyncio, inspect\nfrom app.old import make\nassert inspect.iscoroutinefunction(make)\n"
        "assert asyncio.run(make('me')).context == 'me'",
        *IGNORE,
    )


@pytest.mark.parametrize(
    "call", ["UserEngine.create_from_legacy(registry, bridge)", "UserEngine(context=registry, registry=(bridge, None))"]
)
def test_the_rule_is_the_only_thing_that_decides_the_call(app: Application, call: str) -> None:
    app.shim(adapter(parse_rule("(registry, bridge)", call)))
    app.run(
        f"from app.old import OldEngine\nfrom app.new import UserEngine\nregistry, bridge = 'r', 'b'\n"
        f"assert vars(OldEngine(registry, bridge)) == vars({call})",
        *IGNORE,
    )


def test_an_async_function_stays_one_where_the_rule_gives_its_value_at_once(app: Application) -> None:
    rule = parse_rule("(context)", "create_engine(context)")
    name = ShimName("make_engine", Symbol("app.new", "create_engine"), rule, function=True, is_async=True)
    text = app.shim(shim(name, all_names=("make_engine",))).read_text()
    assert "    async def make_engine(context: _Any) -> _Any: ..." in text
    code = """
        import asyncio, inspect
        from app.old import make_engine
        assert inspect.iscoroutinefunction(make_engine)
        assert asyncio.run(make_engine("me")).context == "me"
        """
    app.run(code, *IGNORE)
