"""What the planner hands around is kept, compared and shared by those who get it: nobody can change it afterwards."""

import dataclasses
import importlib
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted(path for package in ("planner", "codemods") for path in (ROOT / package).glob("*.py"))
# These are filled while something is worked out, by the module that makes them.
FILLED = {
    "collect.Holder", "collect.RawAlias", "collect.RawText", "collect.Statement", "embedded.Embedded", "found.Found",
    "found.FoundFile", "import_layout._Name", "legacy.LegacyModule", "scopes.Load", "scopes.Scope", "search.Handing",
    "survey.Survey",
}  # fmt: skip


def fresh(path: Path) -> ModuleType:
    """Return a module that is made anew, beside the one that is imported."""
    importlib.import_module(f"{path.parent.name}.{path.stem}")  # dataclasses look up the module of a class
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}.{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_values_cannot_be_changed(path: Path) -> None:
    module = fresh(path)
    for name, cls in vars(module).items():
        if not (isinstance(cls, type) and dataclasses.is_dataclass(cls) and cls.__module__ == module.__name__):
            continue
        value, field = object.__new__(cls), dataclasses.fields(cls)[0].name
        if f"{path.stem}.{name}" in FILLED:
            setattr(value, field, None)
            continue
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, field, None)
