class OldWider:
    def __init__(self, name):
        self.name = name

    def run(self, task):
        return task
