from app.three import Engine
from app.engine import UserEngine
from app import one

print(Engine("a").run(), UserEngine("b").run(), one.UserEngine("c").run())
