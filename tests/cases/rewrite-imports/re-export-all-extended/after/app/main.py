from app.engine import UserEngine
from app.factory import make_engine

print(UserEngine("a").run(), make_engine("b").run())
