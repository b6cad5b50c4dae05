import app.service as service

print(getattr(service, "UserEngine")("b").run())
