from app.legacy import OldEngine as Ruled
