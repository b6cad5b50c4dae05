class OldNarrower:
    def __init__(self, name, deep=False):
        self.name = name

    def run(self, task, timeout=1):
        return task

    def stop(self):
        return 'stopped'

    async def wait(self):
        return 1
