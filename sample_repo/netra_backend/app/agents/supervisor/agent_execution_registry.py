"""The books: which runs a user has."""

from __future__ import annotations

from netra_backend.app.services.user_execution_context import UserExecutionContext


class AgentExecutionRegistry:
    """Runs by user. Reading one user's runs never shows another's."""

    def __init__(self) -> None:
        self._runs: dict[str, list[str]] = {}

    def register_run(self, user_context: UserExecutionContext, agent_name: str) -> str:
        """Note a run and return its key."""
        runs = self._runs.setdefault(user_context.user_id, [])
        key = f"{user_context.run_id}:{agent_name}:{len(runs) + 1}"
        runs.append(key)
        return key

    def runs_of(self, user_id: str) -> tuple[str, ...]:
        """Return the runs of one user, oldest first."""
        return tuple(self._runs.get(user_id, ()))

    def forget_user(self, user_id: str) -> int:
        """Drop a user's runs and return how many there were."""
        return len(self._runs.pop(user_id, ()))
