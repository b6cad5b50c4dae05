from app import api

print([getattr(api, name) is None for name in api.__all__], api.OldEngine("a").run())
