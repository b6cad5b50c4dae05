from app.engine import UserEngine

print(UserEngine("legacy").run())
