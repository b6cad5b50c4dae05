"""The scripts, and what the settings name."""

import asyncio
import importlib.util
import sys
from pathlib import Path

from netra_backend.app.core import settings

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


def load(name, monkeypatch):
    """Return a script as a module."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    specification = importlib.util.spec_from_file_location(f"script_{name}", SCRIPTS / f"{name}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_run_agent(monkeypatch, capsys):
    assert load("run_agent", monkeypatch).main(["frank", "how much?"]) == 0
    assert "frank spent" in capsys.readouterr().out


def test_warm_up(monkeypatch):
    assert len(asyncio.run(load("warm_up", monkeypatch).warm_up())) == 2


def test_replay_runs(monkeypatch, bridge, ask):
    script = load("replay_runs", monkeypatch)
    assert ":" in script.parser().parse_args([]).engine
    assert ask(script.engine_for("frank", bridge)).user_id == "frank"


def test_classes_in_settings(bridge, alice, ask):
    assert ask(settings.request_engine_class()(alice)).user_id == "alice"
    for factory_class in settings.factory_classes().values():
        assert ask(factory_class(bridge).create_engine(alice)).user_id == "alice"


def test_loggers_in_settings():
    assert len(settings.loggers()) == 2
