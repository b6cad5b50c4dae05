from app.engine import UserEngine

made = UserEngine('p')
