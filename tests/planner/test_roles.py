"""What a string is for, and how a name is used: told from the expression around it."""

import pytest

from planner.facts import FileFacts, Interest
from planner.scan import scan

INTEREST = Interest(frozenset({"Old", "old"}), frozenset())


def facts(source: str) -> FileFacts:
    return scan("x.py", source.encode(), INTEREST)


STRINGS = {
    "x = 'a.Old'": "",
    "mock.patch('a.Old')": "patch",
    "patch('a.Old', 'b')": "patch",
    "patch(target='a.Old')": "patch",
    "patch(new='a.Old', target=1)": "",
    "call(target='a.Old')": "",
    "monkeypatch.setattr('a.Old', 1)": "patch",
    "monkeypatch.delattr('a.Old')": "patch",
    "mock.patch.dict('a.Old', {})": "patch",
    "mock.patch.object(a, 'Old')": "patch-object",
    "monkeypatch.setattr(a, 'Old', 1)": "patch-object",
    "monkeypatch.delattr(a, 'Old')": "patch-object",
    "mock.patch('b', 'a.Old')": "",
    "mock.patch.multiple(a, Old=1)": "patch-object",
    "mock.patch.multiple('a', Old=1)": "patch-multiple",
    "mock.patch.multiple('a', **Old)": None,
    "x.object('a.Old')": "",
    "dict('a.Old')": "",
    "x.multiple('a', Old=1)": None,
    "setattr(a, 'Old', 1)": "getattr",
    "getattr(a, 'Old')": "getattr",
    "hasattr(a, 'Old')": "getattr",
    "getattr('a.Old')": "",
    "importlib.import_module('a.Old')": "import",
    "__import__('a.Old')": "import",
    "importlib.util.find_spec('a.Old')": "import",
    "sys.modules['a.Old']": "import",
    "sys.modules.get('a.Old')": "import",
    "sys.modules.pop('a.Old')": "import",
    "modules['a.Old']": "",
    "modules.get('a.Old')": "",
    "logging.getLogger('a.Old')": "logger",
    "get_logger('a.Old')": "logger",
    "__all__ = ['Old']": "all",
    "__all__ = ('Old',)": "all",
    "__all__ += ['Old']": "all",
    "__all__.append('Old')": "all",
    "__all__.extend(['Old'])": "all",
    "names.append('Old')": "",
    "names = ['Old']": "",
    "f'a.Old {x}'": "f-string",
    "f'{x} a.Old'": "f-string",
    "b'a.Old'": "bytes",
    "x: 'not a type: Old'": "",
    "cast('Old', x)": "annotation",
    "cast(x, 'Old')": "",
    "TypeVar('T', 'Old')": "annotation",
    "TypeVar('T', bound='Old')": "annotation",
    "TypeVar('Old')": "",
    "NewType('T', bound='Old')": "",
    "call('Old')": "",
    "x: 'Old'": "annotation",
    "x: list['Old']": "annotation",
    "x: Literal['Old']": "",
    "y = Optional['Old']": "annotation",
    "y = typing.Callable[['Old'], None]": "annotation",
    "y = table['Old']": "",
    "y = (list[int], 'Old')": "",
    "def f(x: 'Old') -> None: pass": "annotation",
    "def f(x) -> 'Old': pass": "annotation",
    "def f(x='Old'): pass": "",
}


@pytest.mark.parametrize(("source", "role"), STRINGS.items())
def test_a_string_has_the_role_of_its_place(source: str, role: str | None) -> None:
    assert [item.role for item in facts(f"{source}\n").texts if "Old" in item.value] == ([] if role is None else [role])


USES = {
    "Old": "name",
    "Old()": "call",
    "Old.create()": "call",
    "f(Old)": "name",
    "isinstance(x, Old)": "isinstance",
    "isinstance(x, (int, Old))": "isinstance",
    "issubclass(x, Old)": "isinstance",
    "isinstance(Old, x)": "name",
    "isinstance(Old)": "name",
    "check(x, Old)": "name",
    "class A(Old): pass": "base-class",
    "class A(metaclass=Old): pass": "name",
    "x: Old": "annotation",
    "x: 'Old'": "quoted-annotation",
    "x: dict[str, 'Old']": "quoted-annotation",
    "cast('Old', x)": "quoted-annotation",
    "cast(Old, x)": "annotation",
    "try: pass\nexcept Old: pass": "except",
    "try: pass\nexcept (E, Old): pass": "except",
    "@Old\ndef f(): pass": "decorator",
    "[Old for x in y]": "name",
    "lambda x=Old: x": "name",
    "def f(*, y, x=Old): pass": "name",
    "f'{Old}'": "name",
}


@pytest.mark.parametrize(("source", "form"), USES.items())
def test_a_use_has_the_form_of_its_place(source: str, form: str) -> None:
    found = facts(f"from a import Old\n{source}\n")
    (binding,) = found.bindings
    assert [found.uses[index].form for index in binding.uses] == [form]


BOUND = {
    "def f(Old): Old": False,
    "def f(*Old): Old": False,
    "def f(**Old): Old": False,
    "def f(*, Old): Old": False,
    "lambda Old: Old": False,
    "lambda x: Old": True,
    "[Old for Old in x]": False,
    "[x for x in Old]": True,
    "[y for x in z for y in Old]": True,
    "{Old: 1 for x in y}": True,
    "{1: Old for x in y}": True,
    "[x for x in y if Old]": True,
    "def f():\n    [Old := 1 for x in y]\n    Old": False,
    "def f():\n    (Old := 1)\n    Old": False,
    "def f():\n    global Old\n    Old": True,
    "def f():\n    for Old in x: pass\n    Old": False,
    "def f():\n    with x as Old: pass\n    Old": False,
    "def f():\n    try: pass\n    except E as Old: Old": False,
    "def f():\n    match x:\n        case Old: Old": False,
    "def f():\n    match x:\n        case [*Old]: Old": False,
    "def f():\n    match x:\n        case {**Old}: Old": False,
    "def f():\n    match x:\n        case {'a': Old}: Old": False,
    "def f():\n    match x:\n        case [1 as Old]: Old": False,
    "def f():\n    match x:\n        case {'a': 1, **y}: Old": True,
    "def f():\n    match x:\n        case [*_]: Old": True,
    "def f():\n    match x:\n        case {Old.x: 1}: pass": True,
    "def f():\n    match x:\n        case {'a': Old()}: pass": True,
    "def f():\n    match x:\n        case Old.x: pass": True,
    "def f():\n    match x:\n        case _ if Old: pass": True,
    "def f():\n    import Old\n    Old.x": False,
    "class A:\n    Old = 1\n    def f(self): Old": True,
    "class A:\n    def f(self): Old": True,
    "def f():\n    class Old: pass\n    Old": False,
    "def f():\n    def g(): Old\n    Old = 1": False,
}


@pytest.mark.parametrize(("source", "imported"), BOUND.items())
def test_a_use_belongs_to_what_its_scope_binds(source: str, imported: bool) -> None:
    found = facts(f"from a import Old\n{source}\n")
    (binding,) = [item for item in found.bindings if item.scope == 0]
    assert bool(binding.uses) == imported
