try:
    from app.old.legacy import OldEngine
except ImportError:
    OldEngine = None

try:
    from app.old.legacy import create_engine
except (ImportError, AttributeError):
    def create_engine(name):
        return None

print(OldEngine("a").run(), create_engine("b").run())
