from app import hub

print(hub.UserEngine.create("r", "b").show())
