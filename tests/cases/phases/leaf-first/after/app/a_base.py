from app.engine import UserEngine

value = UserEngine('base').run()
