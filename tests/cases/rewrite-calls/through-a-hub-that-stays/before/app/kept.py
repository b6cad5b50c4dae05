from app.hub import OldEngine

FACTORIES = {"old": OldEngine}
