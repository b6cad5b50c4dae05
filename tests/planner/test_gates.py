"""The gates refuse what the planner gets wrong: each test takes one of its precautions away."""

import pytest

from planner.names import Names
from tests.planner.trees import plan_of

ENGINE = b"class UserEngine:\n    def run(self):\n        return 1\n"
LEGACY = b"class OldEngine:\n    def run(self):\n        return 1\n"
SERVICE = b"from app.old import OldEngine\n\n\ndef start():\n    return OldEngine().run()\n"


def reasons(files: dict[str, bytes]) -> list[str]:
    tree = {
        "consolidate.toml": b'[migration]\nname = "m"\ntarget = "app.engine:UserEngine"\n'
        b'[[engine]]\nlegacy = "app.old:OldEngine"\n',
        "app/__init__.py": b"",
        "app/engine.py": ENGINE,
        "app/old.py": LEGACY,
        "app/service.py": SERVICE,
        **files,
    }
    return [f"{item.path}: {item.reason}" for phase in plan_of(tree).phases for item in phase.unproved]


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """A planner that does not know who takes a name from an importer."""
    monkeypatch.setattr(Names, "_find_takers", lambda _: {})


PATCH = {"tests/test_it.py": b'from unittest.mock import patch\n\npatch("app.service.OldEngine").start()\n'}
PIECES = {"tests/test_it.py": b'from unittest.mock import patch\n\npatch("app.service." "OldEngine").start()\n'}
TAKER = {
    "tests/test_it.py": b"def test_it():\n    from app.service import OldEngine as Engine\n    import app.service\n"
}


def test_nothing_is_refused_where_the_planner_is_right() -> None:
    assert reasons(PATCH) == reasons(PIECES) == reasons(TAKER) == []


@pytest.mark.parametrize("files", [PATCH, PIECES], ids=["edited later", "never edited"])
def test_a_phase_after_which_a_patch_target_is_gone_is_refused(files: dict[str, bytes], forgetful: None) -> None:
    assert reasons(files) == ["tests/test_it.py: line 3 patches OldEngine in app.service, which does not exist"]


def test_a_phase_after_which_an_import_fails_is_refused(forgetful: None) -> None:
    assert reasons(TAKER) == ["tests/test_it.py: line 2 imports OldEngine from app.service, which would fail"]
