from app.engine import UserEngine
del UserEngine
from app.old.legacy import OldEngine as UserEngine

print(UserEngine("again").run())
