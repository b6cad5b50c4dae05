"""Names that logs and metrics use."""

CORE_ENGINE_NAME = "core"
