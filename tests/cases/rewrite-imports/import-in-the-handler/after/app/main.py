try:
    from missing.place import OldEngine
except ImportError:
    from app.engine import UserEngine as OldEngine

try:
    from app.context import Context
except ImportError:
    from app.context import Context

print(OldEngine("a").run(), Context.user)
