from app.legacy import OldEngine

Engine = OldEngine
