"""A class with a call rule among bases: what derives from it, and what it is a subclass of."""

import pytest

from planner.callrule import parse_rule
from planner.model import Symbol
from templates.shim import ShimName
from tests.templates.tree import IGNORE, NEW, TYPE, Application, adapter, shim


@pytest.mark.parametrize("before", ["import app.new", "from app.old import OldEngine; OldEngine.MAX"])
def test_it_is_a_subclass_of_what_the_loaded_replacement_derives_from(ruled: Application, before: str) -> None:
    ruled.run(
        f"{before}\n{TYPE}"
        "assert issubclass(OldEngine, Base) and issubclass(OldEngine, UserEngine) and not issubclass(OldEngine, int)\n"
        "assert isinstance(OldEngine, type) and UserEngine.__subclasses__() == []\n",
        *IGNORE,
    )


def test_a_subclass_is_made_by_the_metaclass_of_the_replacement(app: Application) -> None:
    app.write(
        "app/new.py",
        """
        class Meta(type):
            @classmethod
            def __prepare__(meta, name, bases, **keywords):
                return {"prepared": keywords}
            def __new__(meta, name, bases, namespace, **keywords):
                return super().__new__(meta, name, bases, namespace, **keywords)
            def __init__(cls, name, bases, namespace, **keywords):
                super().__init__(name, bases, namespace)
        class Base(metaclass=Meta):
            pass
        class UserEngine(Base):
            made = []
            def __init_subclass__(cls, /, kind="none", **keywords):
                super().__init_subclass__(**keywords)
                cls.made.append((cls.__name__, kind))
            def __init__(self, context):
                self.context = context
        """,
    )
    app.shim(adapter(parse_rule("(registry, bridge)", "UserEngine([registry, bridge])")))
    app.run(
        TYPE
        + """
from typing import Generic, TypeVar
class Mine(OldEngine, kind="mine"):
    def __init__(self):
        super().__init__("me")
class Yours(OldEngine, Generic[TypeVar("T")]):
    pass
made = type("Made", (OldEngine,), {"x": 1})
assert type(Mine) is type(UserEngine) is type(Yours) is type(made) is not type(OldEngine)
assert Mine.__bases__ == (UserEngine,) == made.__bases__ and Mine.prepared == {"kind": "mine"}
assert Mine().context == "me" and OldEngine("r", "b").context == ["r", "b"]
assert UserEngine.made == [("Mine", "mine"), ("Yours", "none"), ("Made", "none")] and Yours[int]
assert isinstance(Mine(), OldEngine) and issubclass(Mine, OldEngine) and not issubclass(Mine, (int, str))
""",
        *IGNORE,
    )


@pytest.mark.parametrize("base", ["Base", "Base, ABC"])
def test_abstract_bases_and_protocols_go_with_it(app: Application, base: str) -> None:
    app.write("app/new.py", "from abc import ABC\n" + NEW.replace("(Base)", f"({base})"))
    app.shim(adapter())
    app.run(
        TYPE
        + """
from abc import ABC, ABCMeta, abstractmethod
from typing import Protocol

class Runs(Protocol):
    def run(self): ...

class Stops(ABC):
    @abstractmethod
    def stop(self): ...

class Mine(OldEngine, Runs, Stops):
    def stop(self):
        return super().run()

class Unfinished(OldEngine, metaclass=ABCMeta):
    @abstractmethod
    def finish(self): ...

assert Mine("me").stop() == "ran" and Mine.__bases__ == (UserEngine, Runs, Stops) and isinstance(Mine, ABCMeta)
for cls in (type("Half", (OldEngine, Stops), {}), Unfinished):
    try:
        cls("me")
    except TypeError as error:
        assert "abstract" in str(error)
    else:
        raise SystemExit(f"{cls} is abstract")
assert issubclass(Mine, Stops) and issubclass(Mine, OldEngine)
assert not issubclass(OldEngine, Stops) and not isinstance(UserEngine("me"), Stops) and not isinstance(1, OldEngine)
Stops.register(OldEngine)
assert issubclass(OldEngine, Stops)
""",
        *IGNORE,
    )


@pytest.mark.parametrize("base", ["dict", "Exception", "tuple"])
def test_a_replacement_with_a_built_in_base_is_served_too(app: Application, base: str) -> None:
    app.write("app/new.py", f"class Base:\n    pass\nclass UserEngine({base}):\n    LIMIT = 3\n")
    app.shim(adapter(parse_rule("(first, second)", "UserEngine()")))
    app.run(
        TYPE
        + "from collections.abc import Collection\nfrom unittest import mock\n"
        + "assert isinstance(OldEngine(1, 2), OldEngine) and OldEngine.LIMIT == 3\n"
        + "issubclass(OldEngine, Collection)  # the answer is kept, and must not be taken for the replacement's\n"
        + f"assert issubclass(UserEngine, Collection) is issubclass({base}, Collection)\n"
        + "assert isinstance(mock.Mock(spec=OldEngine), OldEngine)\n"
        + "class Mine(OldEngine):\n    pass\n"
        + "assert Mine.__bases__ == (UserEngine,) and type(Mine()) is Mine\n",
        *IGNORE,
    )


def test_two_classes_in_one_module_keep_apart(app: Application) -> None:
    app.write("app/new.py", NEW + "\nclass Other:\n    def __init__(self, value):\n        self.value = value\n")
    first = adapter().names[0]
    other = ShimName("_OldOther", Symbol("app.new", "Other"), parse_rule("(value=1)", "Other([value])"))
    app.shim(shim(first, other))
    app.run(
        TYPE
        + "from app.old import _OldOther\n"
        + "assert _OldOther().value == [1] and OldEngine(1, 2).registry == (1, 2) and _OldOther != OldEngine\n"
        + "assert not isinstance(_OldOther(), OldEngine) and not issubclass(OldEngine, _OldOther)\n"
        + "class Both(OldEngine, _OldOther):\n    pass\n"
        + "assert Both.__bases__ == (UserEngine, app.new.Other)\n",
        *IGNORE,
    )
