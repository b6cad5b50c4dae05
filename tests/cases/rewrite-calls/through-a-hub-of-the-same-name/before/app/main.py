from app import hub

print(hub.UserEngine("r", bridge="b").show())
