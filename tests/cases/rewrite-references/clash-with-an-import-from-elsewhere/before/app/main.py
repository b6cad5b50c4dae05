from app.old.legacy import OldEngine
from app.elsewhere import UserEngine

print(OldEngine("a").run(), UserEngine.name)
