def run():
    from app.old import legacy

    factory = "mine"
    return legacy.create_engine("a").run() + factory


print(run())
