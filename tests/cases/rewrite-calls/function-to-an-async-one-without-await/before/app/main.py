from app.legacy import make

print(make("a").upper())
