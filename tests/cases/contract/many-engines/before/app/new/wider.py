class NewWider:
    def __init__(self, name, deep=False, *rest, **more):
        self.name = name

    def run(self, task, timeout=1, *, loud=False):
        return task
