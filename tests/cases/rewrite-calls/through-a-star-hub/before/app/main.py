from app import hub

print(hub.OldEngine("r", bridge="b").show())
