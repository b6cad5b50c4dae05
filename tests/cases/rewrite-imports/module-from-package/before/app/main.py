from app.old import legacy

print(legacy.OldEngine("a").run())


def run(engine: legacy.OldEngine) -> "legacy.OldEngine":
    return engine
