from app.engine import UserEngine as Engine
from app.factory import make_engine as make

print(Engine("a").run(), make("b").run())
