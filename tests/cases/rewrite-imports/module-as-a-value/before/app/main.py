import app.old.legacy as legacy

modules = [legacy]
print(modules[0].OldEngine("a").run(), getattr(legacy, "OldEngine")("b").run())
