from app.engine import UserEngine
from app.helper import use

print(use(), UserEngine('u').run(), UserEngine('o').run())
