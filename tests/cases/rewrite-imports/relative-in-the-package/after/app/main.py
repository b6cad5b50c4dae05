from app.engine import UserEngine
from .engine import UserEngine as Again

print(UserEngine("a").run(), Again("b").run())
