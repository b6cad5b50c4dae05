OLD = "é", "app.engine.UserEngine", 'app.engine:UserEngine', "app.engine.UserEngine.run"
MORE = ["app.engine.EngineError", "app.old.legacy.internal", "app.old.legacy.absent", "app.context.Context"]
MODULES = {"app.old.legacy": 1, "app.helpers.helper": 2, "app.old.helpers": 3}
RULED = "app.old.pool.OldPool", "app.pool:Pool.size", "app.engine.UserEngine", "app.engine:UserEngine.x"
REPORTED = "app.old.domain.OldDomain", "app.old.domain"
HANDED = "app.hub.UserEngine", "app.hub:Trouble", "app.hub.UserEngine.run", "app.star_hub.OldEngine", "app.hub.OldPool"
NOT = "app.old.legacy_too.OldEngine", "xapp.old.legacy.OldEngine", "other.OldEngine", "OldEngines", "app.old"
TEXT = "OldEngine", "the OldEngine and the OldPool of app.old.legacy.OldEngine", "app/old/legacy.py", "./app/old/pool.py"
CODE = "from app.old.legacy import OldEngine", """
import app.old.legacy
app.old.legacy.OldEngine("OldEngine")
and OldEngine
"""
PIECES = "app.old." "legacy.OldEngine", "app.old.legacy\x2eOldEngine", b"app.old.legacy.OldEngine", r"app.engine.UserEngine"
SHOWN = f"app.old.legacy.OldEngine {OLD[0]}", f"{OLD[1]}"  # OldEngine, OldPool in app/old/legacy.py
# é app.old.legacy.OldEngine twice OldEngine


def shown() -> "app.old.legacy.OldEngine":
    """OldEngine is told of, and OldPool.

    app.old.legacy:OldEngine
    """
    return [str(value) for key, value in sorted(globals().items()) if key.isupper()]
