"""Written in a hurry."""

import json; from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine; LIMIT = ExecutionEngine.MAX_CONCURRENT_AGENTS

def dump(registry, bridge): engine = ExecutionEngine(registry, bridge); return json.dumps({"runs": len(engine.active_runs)})
