try:
    from app.engine import UserEngine as OldEngine
except ImportError:
    OldEngine = None

try:
    from app.factory import make_engine as create_engine
except (ImportError, AttributeError):
    def create_engine(name):
        return None

print(OldEngine("a").run(), create_engine("b").run())
