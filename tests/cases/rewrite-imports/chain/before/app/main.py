from app.older import OlderEngine

print(OlderEngine('a').run())
