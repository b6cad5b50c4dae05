from app.old.legacy import OldEngine
OldEngine = None
from app.old.legacy import OldEngine

print(OldEngine("again").run())
