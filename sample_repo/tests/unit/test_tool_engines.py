"""The tool engines: one has a successor, one is of another domain."""

import asyncio

import pytest

import netra_backend.app.agents.unified_tool_execution as tool_execution
from netra_backend.app.services.unified_tool_registry import UnifiedToolRegistry
from netra_backend.app.services.unified_tool_registry.execution_engine import ToolRegistryExecutionEngine


def test_runs_a_tool():
    tools = tool_execution.UnifiedToolExecutionEngine()
    result = asyncio.run(tools.execute_tool("budget_lookup", user_id="eve"))
    assert (result.tool, result.value, tools.calls) == ("budget_lookup", "eve may spend 1003 USD", 1)
    with pytest.raises(KeyError):
        asyncio.run(tools.execute_tool("no_such_tool"))


def test_notifier_can_be_attached(bridge, alice):
    tools = tool_execution.enhance_tool_dispatcher(
        tool_execution.UnifiedToolExecutionEngine(), bridge.create_user_emitter(alice)
    )
    asyncio.run(tools.execute_tool("usage_lookup", user_id="alice"))
    assert bridge.manager.event_types_for("alice") == ["tool_executing", "tool_completed"]


def test_registered_tools_have_a_price():
    engine = ToolRegistryExecutionEngine(UnifiedToolRegistry())
    engine.run_registered_tool("usage_lookup", user_id="eve")
    assert engine.budget == 98
