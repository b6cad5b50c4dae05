from app.engine import UserEngine

print(UserEngine.limit, isinstance(1, UserEngine))
