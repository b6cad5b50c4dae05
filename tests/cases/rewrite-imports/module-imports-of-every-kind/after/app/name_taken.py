from app.new import helpers
from app import engine as legacy

engine = legacy.UserEngine("n")
other = helpers.helper()


def pool():
    from app.new import pool as made

    return made.Pool.create(label='p', size=5)


class Held:
    from app import engine as held

    made = held.UserEngine("n")
    engine = 3
