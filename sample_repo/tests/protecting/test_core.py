"""The core, in files of every make."""

import asyncio
from pathlib import Path

import pytest

from netra_backend.app.core import (
    core_client,
    engine_labels,
    engine_types_in_use,
    engine_selector,
    from_windows,
    greetings,
    long_lines,
    marked,
    one_liners,
    startup,
    tabbed,
    unfinished,
)
from netra_backend.app.core.interfaces_execution import IExecutionEngine
from netra_backend.app.core.workflow import runner
from netra_backend.app.core.workflow.execution_engine import ExecutionEngineError
from netra_backend.app.services import workflow_service

CORE = Path(__file__).resolve().parents[2] / "netra_backend" / "app" / "core"


def test_selector(registry, bridge, alice):
    assert engine_selector.kind_of(marked.marked_engine(registry, bridge, alice)) == "engine"
    assert engine_selector.kind_of(long_lines.scoped_engine(alice)) == "engine"
    assert engine_selector.kind_of(type(long_lines.scoped_engine(alice))) == "engine class"
    assert engine_selector.kind_of(alice) == "something else"


def test_types_in_use(registry, bridge, alice, ask):
    engine = engine_types_in_use.as_engine(engine_types_in_use.new_engine(registry, bridge, alice))
    assert ask(engine).user_id == "alice"
    assert engine_types_in_use.sort_out([alice, engine]) == ([engine], [alice])


def test_startup(bridge, alice, ask):
    factory = asyncio.run(startup.start(bridge))
    assert factory.websocket_bridge is bridge
    assert ask(startup.unified_for(bridge).create_engine(alice)).user_id == "alice"
    assert startup.unified() is startup.unified()


def test_core_engines(bridge, alice, ask):
    assert ask(engine_labels.core_engine(alice, bridge.create_user_emitter(alice))).user_id == "alice"
    assert ask(core_client.quiet_core_engine(alice)).user_id == "alice"
    assert engine_labels.label() == "core"


def test_one_liners(registry, bridge):
    assert one_liners.LIMIT == 10
    assert one_liners.dump(registry, bridge) == '{"runs": 0}'


def test_files_of_every_make(registry, bridge, alice, ask):
    assert ask(long_lines.long_engine(registry, bridge, "alice")).user_id == "alice"
    assert ask(from_windows.imported_engine(registry, bridge, "alice")).user_id == "alice"
    assert ask(marked.marked_engine(registry, bridge, alice)).user_id == "alice"
    assert ask(tabbed.tabbed(registry, bridge, alice)).user_id == "alice"
    assert ask(tabbed.tabbed(registry, bridge, None)).user_id == "system"
    assert ask(unfinished.unfinished(registry, bridge)).user_id == "system"
    like, engine, greeting = greetings.greeting_engine(registry, bridge, alice)
    assert (like, greeting) == ("\xc4hnlich", "Gr\xfc\xdf Gott")
    assert ask(engine).user_id == "alice"


def test_files_keep_their_make():
    windows = (CORE / "from_windows.py").read_bytes()
    assert windows.count(b"\r\n") == windows.count(b"\n")
    assert b"Gr\xfc\xdf Gott" in (CORE / "greetings.py").read_bytes()
    assert (CORE / "marked.py").read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"\n\treturn " in (CORE / "tabbed.py").read_bytes()
    assert not (CORE / "unfinished.py").read_bytes().endswith(b"\n")


def test_look_alikes():
    assert workflow_service.run_workflow([lambda: 1]) == [1]
    assert workflow_service.workflow_engine().run_steps([]) == []
    assert len(workflow_service.monitor().labels) == 3
    assert runner.run([lambda: 2]) == [2]
    assert IExecutionEngine.__name__ == "IExecutionEngine"
    with pytest.raises(ExecutionEngineError):
        runner.run([])
