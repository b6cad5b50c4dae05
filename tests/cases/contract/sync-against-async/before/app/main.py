from app.old.legacy import make

print(make('a'))
