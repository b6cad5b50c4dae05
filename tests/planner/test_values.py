"""What flows from one step to the next cannot be changed on the way: every record is frozen but those named here."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from msgspec import Struct

from planner.forms import FORMS

ROOT = Path(__file__).parents[2]
MODULES = [
    f"{package}.{path.stem}"
    for package in ("planner", "codemods")
    for path in sorted((ROOT / package).glob("[a-z]*.py"))
]
# They are filled while one step is at work.
FILLED = {
    "codemods.import_names": {"Name"},
    "planner.collect": {"RawAlias", "RawText", "Statement", "Holder"},
    "planner.embedded": {"Embedded"},
    "planner.found": {"Found", "FoundFile"},
    "planner.legacy": {"LegacyModule"},
    "planner.scopes": {"Load", "Scope"},
    "planner.search": {"Handing"},
    "planner.survey": {"Survey"},
}


@pytest.fixture
def module(request: pytest.FixtureRequest) -> Iterator[ModuleType]:
    """Yield the module as it comes into being, under another name: nothing of what runs elsewhere is exchanged."""
    path = ROOT.joinpath(*request.param.split(".")).with_suffix(".py")
    spec = importlib.util.spec_from_file_location(f"{request.param}_again", path)
    assert spec is not None
    assert spec.loader is not None
    sys.modules[spec.name] = made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    yield made
    del sys.modules[spec.name]


@pytest.mark.parametrize("module", MODULES, indirect=True)
def test_values_are_frozen(module: ModuleType) -> None:
    own = [item for item in vars(module).values() if isinstance(item, type) and item.__module__ == module.__name__]
    records = [item for item in own if issubclass(item, Struct)]
    open_ = {item.__name__ for item in records if not item.__struct_config__.frozen}
    assert open_ == FILLED.get(module.__name__.removesuffix("_again"), set())


def test_code_holds_a_shim_and_mentions_do_not() -> None:
    mentions = {
        *("member", "path-string", "code-string", "string", "docstring", "comment"),
        *("text-dotted", "text-code", "text-path", "text", "unreadable"),
    }
    assert {name for name, form in FORMS.items() if not form.code} == mentions
