class NewNarrower:
    def __init__(self, name):
        self.name = name

    def run(self, task):
        return task

    def wait(self):
        return 1
