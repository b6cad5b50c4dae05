class Forced:
    def __init__(self, name="default"):
        self.name = name

    def pause(self, seconds=1): ...

    def resume(self): ...


def unused():
    return Forced()
