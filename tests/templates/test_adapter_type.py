"""A class with a call rule is a real type: where Python or a library demands one, the old name can stand."""

from planner.callrule import parse_rule
from tests.templates.tree import IGNORE, NEW, TYPE, Application, adapter


def test_match_statements_take_it_for_a_class_pattern(ruled: Application) -> None:
    ruled.run(
        TYPE
        + """
def sort(thing):
    match thing:
        case OldEngine(context="me"):
            return "mine"
        case OldEngine("you", registry):
            return registry
        case OldEngine():
            return "engine"
    return "other"

UserEngine.__match_args__ = ("context", "registry")
found = [sort(thing) for thing in (UserEngine("me"), UserEngine("you", 7), OldEngine("r", "b"), "me")]
assert found == ["mine", 7, "engine", "other"], found
""",
        *IGNORE,
    )


def test_an_instance_that_is_made_without_a_call_is_one_of_the_replacement(ruled: Application) -> None:
    ruled.run(
        TYPE
        + "engine = OldEngine.__new__(OldEngine)\n"
        + "assert engine.run() == 'ran' and not hasattr(engine, 'context')\n"
        + "assert isinstance(engine, UserEngine) and isinstance(engine, OldEngine) and isinstance(engine, Base)\n"
        + "OldEngine.__init__(engine, 'me')\nassert engine.context == 'me'\n",
        *IGNORE,
    )


def test_single_dispatch_finds_the_function_that_is_registered_for_it(ruled: Application) -> None:
    ruled.run(
        TYPE
        + """
import functools

@functools.singledispatch
def name(thing):
    return "thing"

@name.register(OldEngine)
def _(engine):
    return "engine"

@name.register
def _(number: int):
    return "number"

class Mine(UserEngine):
    pass

assert [name(x) for x in (UserEngine(1), Mine(1), OldEngine(1, 2), 1, "")] == ["engine"] * 3 + ["number", "thing"]
""",
        *IGNORE,
    )


def test_special_attributes_are_those_of_the_replacement(ruled: Application) -> None:
    ruled.run(
        TYPE
        + "for name in ('__name__', '__doc__', '__init__', '__mro__', '__bases__', '__dict__', '__annotations__'):\n"
        + "    assert getattr(OldEngine, name) == getattr(UserEngine, name), name\n"
        + "assert OldEngine.__class__ is type(OldEngine)\n"
        + "assert (OldEngine.__module__, OldEngine.__qualname__) == ('app.old', 'OldEngine')\n",
        *IGNORE,
    )


def test_patches_of_every_kind_of_attribute_are_undone(app: Application) -> None:
    app.write("app/new.py", NEW + "\nUserEngine.tools = staticmethod(len)\nBase.inherited = classmethod(repr)\n")
    app.shim(adapter())
    app.run(
        TYPE
        + """
from unittest import mock
before = dict(vars(UserEngine)), dict(vars(Base))
for name in ("run", "tools", "create_from_legacy", "inherited", "MAX", "__init__"):
    with mock.patch.object(OldEngine, name, "patched"), mock.patch("app.old.OldEngine.__doc__", "patched"):
        assert getattr(UserEngine, name) == "patched" == UserEngine.__doc__
assert (dict(vars(UserEngine)), dict(vars(Base))) == before
with mock.patch("app.new.UserEngine") as fake:
    assert OldEngine("r", "b") is fake.create_from_legacy.return_value and OldEngine.MAX is fake.MAX
with mock.patch("app.new.UserEngine", Base):
    assert isinstance(Base(), OldEngine) and not hasattr(OldEngine, "MAX")
assert type(OldEngine("r", "b")) is UserEngine and not isinstance(Base(), OldEngine)
""",
        *IGNORE,
    )


def test_mocks_are_specified_by_it(ruled: Application) -> None:
    ruled.run(
        TYPE
        + """
from unittest import mock
for fake in (mock.Mock(spec=OldEngine), mock.MagicMock(spec_set=OldEngine), mock.create_autospec(OldEngine)("me")):
    assert isinstance(fake, OldEngine) and isinstance(fake, UserEngine) and isinstance(fake, Base)
    fake.run()
    assert not hasattr(fake, "nothing")
assert mock.ANY == OldEngine and OldEngine == mock.ANY
""",
        *IGNORE,
    )


def test_attribute_access_stays_right_when_the_interpreter_specialises_it(ruled: Application) -> None:
    ruled.run(
        TYPE
        + """
def look():
    OldEngine.create_from_legacy(1, 2)
    return OldEngine.MAX, OldEngine("r", "b").run(), OldEngine.__name__
for _ in range(300):
    assert look() == (3, "ran", "UserEngine")
UserEngine.MAX = 4
for _ in range(300):
    assert look() == (4, "ran", "UserEngine")
""",
        *IGNORE,
    )


def test_annotations_in_the_syntax_of_classes(ruled: Application) -> None:
    ruled.run(
        TYPE
        + """
import dataclasses, typing
T = typing.TypeVar("T")

class Box(typing.Generic[T]):
    pass

@dataclasses.dataclass
class Holder:
    one: OldEngine
    many: list[OldEngine] = dataclasses.field(default_factory=list)
    box: Box[OldEngine] | None = None
    maybe: "OldEngine | int | None" = None
    call: typing.Callable[[OldEngine], dict[str, type[OldEngine]]] = OldEngine

hints = typing.get_type_hints(Holder)
assert hints["one"] is OldEngine is typing.get_args(hints["many"])[0] and isinstance(OldEngine(1, 2), hints["maybe"])
assert hints["maybe"] == int | None | OldEngine and "app.old.OldEngine" in repr(hints["maybe"])
assert Holder(OldEngine(1, 2)).call is OldEngine
""",
        *IGNORE,
    )


def test_nothing_is_imported_before_the_class_is_used(ruled: Application) -> None:
    ruled.run(
        """
        import sys
        from dataclasses import dataclass
        from typing import Dict, Optional, Union
        from app.old import OldEngine
        @dataclass
        class Holder:
            engine: Optional[OldEngine] = None
            engines: "list[OldEngine] | None" = None
        def function(a: OldEngine | None, b: Union[OldEngine, int], c: Dict[str, OldEngine], d: list[OldEngine]): ...
        table = {OldEngine: 1}
        assert OldEngine != int and callable(OldEngine) and isinstance(OldEngine, type) and repr(OldEngine)
        assert "app.new" not in sys.modules
        assert isinstance(OldEngine(1, 2), OldEngine) and "app.new" in sys.modules
        assert table[OldEngine] == 1 and Optional[OldEngine] == Optional[OldEngine]
        """,
        *IGNORE,
    )


def test_an_except_clause_with_it_says_that_it_cannot_catch(app: Application) -> None:
    app.write("app/new.py", "class Base:\n    pass\nclass UserEngine(Exception):\n    pass\n")
    app.shim(adapter(parse_rule("(text)", "UserEngine(text)")))
    app.run(
        TYPE
        + """
try:
    try:
        raise OldEngine("text")
    except OldEngine:
        raise SystemExit("it was caught: say so in templates/render.py")
except TypeError as error:
    assert "do not inherit from BaseException" in str(error) and type(error.__context__) is UserEngine
""",
        *IGNORE,
    )
