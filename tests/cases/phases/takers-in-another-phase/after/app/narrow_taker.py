from app.engine import UserEngine

made = UserEngine("narrow taker")
