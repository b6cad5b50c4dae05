"""Subclasses of a legacy engine."""

from netra_backend.app.agents.supervisor.request_scoped_execution_engine import RequestScopedExecutionEngine


class Audited:
    """Counts."""

    questions = 0


class AuditedEngine(Audited, RequestScopedExecutionEngine):
    """Counts the questions that it is asked."""

    async def execute_agent(self, context, user_context=None):
        """Run one agent and return its answer."""
        self.questions += 1
        return await super().execute_agent(context, user_context)


class QuietEngine(RequestScopedExecutionEngine):
    """Says who it is for."""

    def __str__(self):
        return f"engine for {self.user_context.user_id}"
