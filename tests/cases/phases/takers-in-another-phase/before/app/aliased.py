from app.old.legacy import OldEngine as Engine

made = Engine("aliased")
