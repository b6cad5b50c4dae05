from app.engine import UserEngine as OldEngine


def inside():
    from app.other import UserEngine as SecondEngine
    return SecondEngine("c").name, OldEngine("d").name
