def make():
    from app.hub import OldEngine

    return OldEngine("late").run()
