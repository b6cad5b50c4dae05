from netra_backend.app.agents.supervisor.request_scoped_execution_engine import RequestScopedExecutionEngine
from netra_backend.app.services.user_execution_context import UserExecutionContext
from netra_backend.app.websocket.emitter import UserWebSocketEmitter

def engine_for_request(
    user_context: UserExecutionContext, emitter: UserWebSocketEmitter | None = ...
) -> RequestScopedExecutionEngine: ...
