from app.engine import UserEngine

print(UserEngine.limit)
