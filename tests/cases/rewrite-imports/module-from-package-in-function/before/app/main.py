def run():
    from app.old import legacy
    from app.old import legacy as other
    return legacy.OldEngine("a").run() + other.OldError.__mro__[1].__name__


print(run())
