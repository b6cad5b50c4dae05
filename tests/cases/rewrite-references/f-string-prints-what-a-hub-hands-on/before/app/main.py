from app import hub

print(f"{hub.OldEngine=}"[:14])
