import app.engine as module

print(getattr(module, "UserEngine")("a").run())
