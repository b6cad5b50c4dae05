from app.old.legacy import OldEngine

Engine = OldEngine
Default = OldEngine("default")
