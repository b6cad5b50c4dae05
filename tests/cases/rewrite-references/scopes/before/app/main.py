from app.old.legacy import OldEngine


def parameter(OldEngine):
    return OldEngine


def assigned():
    OldEngine = 1
    return OldEngine


def looped():
    for OldEngine in [2]:
        pass
    return OldEngine


def caught():
    try:
        raise ValueError("caught")
    except ValueError as OldEngine:
        return str(OldEngine)


def opened():
    import io
    with io.StringIO("open") as OldEngine:
        return OldEngine.read()


def nested():
    def inner():
        return OldEngine("inner").run()
    return inner()


def hidden():
    class OldEngine:
        pass

    def inner():
        return OldEngine.__name__
    return inner()


def imported():
    from io import StringIO as OldEngine
    return OldEngine("io").read()


class Holder:
    OldEngine = OldEngine

    def use(self):
        return OldEngine("method").run()


print(parameter(0), assigned(), looped(), caught(), opened(), nested(), hidden(), imported(), Holder.OldEngine("h").run(), Holder().use())
