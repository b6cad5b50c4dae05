class Service:
    from app.old.legacy import OldEngine

    made = OldEngine("body")

    def use(self):
        return self.OldEngine("method").run()


print(Service.made.run(), Service().use(), Service.OldEngine.limit)
