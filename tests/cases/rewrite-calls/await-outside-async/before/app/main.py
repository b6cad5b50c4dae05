from app.legacy import make


def run():
    return make("a")


print(run())
