from app.engine import UserEngine
from app.factory import make_engine

name = "n"
print(f"{UserEngine('a').run()} of {make_engine(name).run()}")
print(f"{{OldEngineX}} {UserEngine.limit:>{UserEngine.limit}} {UserEngine.limit!r:.5}" f"{make_engine('b').run()}"[:40])
print(f'''
{UserEngine("multi").run()}
''')
