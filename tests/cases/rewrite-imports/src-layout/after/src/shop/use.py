from .engine import UserEngine

value = UserEngine('a').run()
