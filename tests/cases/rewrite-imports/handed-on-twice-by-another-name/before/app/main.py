from app.outer import Handed

print(Handed("a").run())
