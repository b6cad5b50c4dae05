import app.old.legacy as module

print(getattr(module, "UserEngine")("a").run())
