from app.legacy import OldEngine
