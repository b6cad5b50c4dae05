from app import api

print(api.OldEngine('a').extra())
