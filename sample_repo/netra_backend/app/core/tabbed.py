"""Indented with tabs."""

from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine	# a tab before this


def tabbed(registry, bridge, user_context):
	"""Return an engine."""
	if user_context is None:
		return ExecutionEngine(registry, bridge)   
	return ExecutionEngine(registry, bridge, user_context)
