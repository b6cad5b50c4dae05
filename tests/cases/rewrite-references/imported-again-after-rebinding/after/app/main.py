from app.engine import UserEngine as OldEngine
OldEngine = None
from app.engine import UserEngine as OldEngine

print(OldEngine("again").run())
