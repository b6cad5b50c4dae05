from app.engine import UserEngine
from app import one

print(UserEngine("a").run(), UserEngine("b").run(), one.UserEngine("c").run())
