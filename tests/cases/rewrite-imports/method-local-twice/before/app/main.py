class Service:
    def start(self):
        from app.old.legacy import OldEngine
        return OldEngine("start").run()

    def stop(self):
        from app.old.legacy import OldEngine
        return OldEngine("stop").run()


print(Service().start(), Service().stop())
