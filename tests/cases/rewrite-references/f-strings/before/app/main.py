from app.old.legacy import OldEngine, create_engine

name = "n"
print(f"{OldEngine('a').run()} of {create_engine(name).run()}")
print(f"{{OldEngineX}} {OldEngine.limit:>{OldEngine.limit}} {OldEngine.limit!r:.5}" f"{create_engine('b').run()}"[:40])
print(f'''
{OldEngine("multi").run()}
''')
