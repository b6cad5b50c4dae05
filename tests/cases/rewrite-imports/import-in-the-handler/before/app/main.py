try:
    from missing.place import OldEngine
except ImportError:
    from app.old.legacy import OldEngine

try:
    from app.old.legacy import Context
except ImportError:
    from app.context import Context

print(OldEngine("a").run(), Context.user)
