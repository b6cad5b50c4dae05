#!/usr/bin/env python3
"""Ask an agent from the command line: run_agent.py USER MESSAGE."""

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from netra_backend.app.agents.supervisor.agent_registry import AgentRegistry  # noqa: E402
from netra_backend.app.agents.supervisor.execution_engine import (  # noqa: E402
    AgentExecutionContext,
    SupervisorExecutionEngine,
    UserExecutionContext,
)
from netra_backend.app.services.agent_websocket_bridge import get_agent_websocket_bridge  # noqa: E402


def main(arguments):
    """Print an answer, and return the exit code."""
    user_id, message = arguments
    engine = SupervisorExecutionEngine(AgentRegistry.create_default(), get_agent_websocket_bridge(), UserExecutionContext(user_id))
    result = asyncio.run(engine.execute_agent(AgentExecutionContext("triage", message)))
    print(result.answer)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
