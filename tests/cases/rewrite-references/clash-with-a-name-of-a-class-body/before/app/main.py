from app.old.legacy import OldEngine


class Holder:
    UserEngine = 4
    also = UserEngine


def inside():
    class Other:
        UserEngine = 5
        also = UserEngine

    return Other.also


print(OldEngine("a").name, Holder.also, inside())
