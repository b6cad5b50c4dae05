OLD = "é", "app.old.legacy.OldEngine", 'app.old.legacy:OldEngine', "app.old.legacy.OldEngine.run"
MORE = ["app.old.legacy.OldError", "app.old.legacy.internal", "app.old.legacy.absent", "app.old.legacy.Context"]
MODULES = {"app.old.legacy": 1, "app.old.helpers.helper": 2, "app.old.helpers": 3}
RULED = "app.old.pool.OldPool", "app.old.pool:OldPool.size", "app.old.gone.OldGone", "app.old.gone:OldGone.x"
REPORTED = "app.old.domain.OldDomain", "app.old.domain"
HANDED = "app.hub.OldEngine", "app.hub:Trouble", "app.hub.OldEngine.run", "app.star_hub.OldEngine", "app.hub.OldPool"
NOT = "app.old.legacy_too.OldEngine", "xapp.old.legacy.OldEngine", "other.OldEngine", "OldEngines", "app.old"
TEXT = "OldEngine", "the OldEngine and the OldPool of app.old.legacy.OldEngine", "app/old/legacy.py", "./app/old/pool.py"
CODE = "from app.old.legacy import OldEngine", """
import app.old.legacy
app.old.legacy.OldEngine("OldEngine")
and OldEngine
"""
PIECES = "app.old." "legacy.OldEngine", "app.old.legacy\x2eOldEngine", b"app.old.legacy.OldEngine", r"app.old.legacy.OldEngine"
SHOWN = f"app.old.legacy.OldEngine {OLD[0]}", f"{OLD[1]}"  # OldEngine, OldPool in app/old/legacy.py
# é app.old.legacy.OldEngine twice OldEngine


def shown() -> "app.old.legacy.OldEngine":
    """OldEngine is told of, and OldPool.

    app.old.legacy:OldEngine
    """
    return [str(value) for key, value in sorted(globals().items()) if key.isupper()]
