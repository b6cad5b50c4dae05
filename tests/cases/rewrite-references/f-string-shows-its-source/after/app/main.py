from app.factory import make_engine as create_engine

print(f"{create_engine('b').run()=}"[-8:])
