from app.engine import UserEngine as OldEngine
from app.elsewhere import UserEngine

print(OldEngine("a").run(), UserEngine.name)
