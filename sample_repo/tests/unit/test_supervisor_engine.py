"""The supervisor's engine, imported where it is used."""

import unittest


class SupervisorEngineTest(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        from netra_backend.app.agents.supervisor.agent_registry import AgentRegistry
        from netra_backend.app.agents.supervisor.execution_engine import SupervisorExecutionEngine, UserExecutionContext
        from netra_backend.app.services.agent_websocket_bridge import AgentWebSocketBridge

        context = UserExecutionContext("dave")
        self.engine = SupervisorExecutionEngine(AgentRegistry.create_default(), AgentWebSocketBridge(), context)

    async def test_answers(self):
        from netra_backend.app.agents.supervisor.execution_engine import AgentExecutionContext

        result = await self.engine.execute_agent(AgentExecutionContext("data", "how much?"))
        self.assertIn("dave may spend", result.answer)

    async def asyncTearDown(self):
        await self.engine.cleanup()
