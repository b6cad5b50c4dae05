from app.legacy import OldEngine


def build(factory):
    return factory('made')


print(build(OldEngine).show())
