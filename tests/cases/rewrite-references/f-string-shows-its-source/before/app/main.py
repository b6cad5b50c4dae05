from app.old.legacy import create_engine

print(f"{create_engine('b').run()=}"[-8:])
