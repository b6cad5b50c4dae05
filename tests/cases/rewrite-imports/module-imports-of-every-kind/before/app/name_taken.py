from app.old import helpers, legacy

engine = legacy.OldEngine("n")
other = helpers.helper()


def pool():
    from app.old.sub import pool as made

    return made.OldPool(5)


class Held:
    from app.old import legacy as held

    made = held.OldEngine("n")
    engine = 3
