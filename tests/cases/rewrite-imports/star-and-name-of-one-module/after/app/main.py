from app.engine import UserEngine as OldEngine
from .factory import make_engine as create_engine

print(OldEngine("a").run(), create_engine("b").run())
