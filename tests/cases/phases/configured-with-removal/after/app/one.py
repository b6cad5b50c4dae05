from app.engine import UserEngine

value = UserEngine('one').run()
