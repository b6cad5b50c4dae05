from app.engine import UserEngine, UserEngine as Engine

print(UserEngine("a").run(), Engine("b").run())
