from app.engine import UserEngine

value = UserEngine('two').run()
name = 'app.engine.UserEngine'
