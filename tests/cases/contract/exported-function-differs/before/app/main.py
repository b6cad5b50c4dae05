from app.old.legacy import create_engine

print(create_engine('a', level=2).run())
