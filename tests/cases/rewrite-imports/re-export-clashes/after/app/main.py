from app.engine import UserEngine as OldEngine
from app.api import UserEngine

print(OldEngine("a").run(), UserEngine.name)
