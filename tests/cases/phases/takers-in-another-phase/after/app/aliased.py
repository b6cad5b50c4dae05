from app.engine import UserEngine as Engine

made = Engine("aliased")
