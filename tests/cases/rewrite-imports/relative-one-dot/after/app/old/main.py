from app.engine import UserEngine
from app import engine

print(UserEngine("a").run(), engine.UserEngine.limit)
