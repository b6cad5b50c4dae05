from app import hub

print(hub.engine.run(), getattr(hub, "module").OldEngine("b").run())
