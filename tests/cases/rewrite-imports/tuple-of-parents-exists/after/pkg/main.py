from app.engine import UserEngine

print(UserEngine("namespace").run())
