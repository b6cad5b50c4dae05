from app.engine import UserEngine
print(UserEngine("ä").run())
