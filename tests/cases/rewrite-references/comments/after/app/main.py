from app.engine import UserEngine  # OldEngine: see legacy

# OldEngine(registry) is how it was made
engine = UserEngine(  # OldEngine
    "a"  # app.old.legacy.OldEngine
)
"""A string: OldEngine("x")."""
print(engine.run())  # ran OldEngine


def f():
    """Return an OldEngine, from app.old.legacy."""
