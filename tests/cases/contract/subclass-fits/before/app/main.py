from app.old.legacy import OldEngine


class Mine(OldEngine):
    def run(self):
        return super().run() + ' mine'


print(Mine('a').run())
