class Service:
    from app.engine import UserEngine as OldEngine

    made = OldEngine("body")

    def use(self):
        return self.OldEngine("method").run()


print(Service.made.run(), Service().use(), Service.OldEngine.limit)
