from app.engine import UserEngine

print(UserEngine("a").run())
