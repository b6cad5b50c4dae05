def run():
    from app import factory as legacy

    factory = "mine"
    return legacy.make_engine("a").run() + factory


print(run())
