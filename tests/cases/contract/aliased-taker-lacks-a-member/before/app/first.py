from app.old.legacy import OldEngine as Engine
