from app.older import OldEngine


class Special(OldEngine):
    def run(self):
        return super().run() + f", special, {type(self.context).__name__}"


print(Special("a").run())
