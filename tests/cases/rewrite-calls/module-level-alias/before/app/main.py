from app.hub import Engine

print(Engine("r", bridge="b").show())
