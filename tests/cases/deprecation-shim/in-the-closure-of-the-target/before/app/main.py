from app.engine import UserEngine
from app.helper import use
from app.old.legacy import OldEngine

print(use(), UserEngine('u').run(), OldEngine('o').run())
