from app.old.legacy import OldEngine  # OldEngine: see legacy

# OldEngine(registry) is how it was made
engine = OldEngine(  # OldEngine
    "a"  # app.old.legacy.OldEngine
)
"""A string: OldEngine("x")."""
print(engine.run())  # ran OldEngine


def f():
    """Return an OldEngine, from app.old.legacy."""
