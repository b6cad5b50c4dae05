import app.service as service

print(getattr(service, "OldEngine")("b").run())
