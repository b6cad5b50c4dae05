from app.old.legacy import make


def call(function):
    return function('a')


print(call(make))
