"""The core's engine, from the package and from its module."""

from netra_backend.app.core import execution
from netra_backend.app.core.execution.core_engine import CoreExecutionEngine


def test_package_and_module_agree():
    assert all(hasattr(execution, name) for name in execution.__all__)
    assert execution.CORE_ENGINE_NAME == "core"


def test_answers(alice, bridge, ask):
    engine = CoreExecutionEngine(context=alice, emitter=bridge.create_user_emitter(alice))
    assert "alice spent" in ask(engine).answer
