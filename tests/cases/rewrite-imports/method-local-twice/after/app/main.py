class Service:
    def start(self):
        from app.engine import UserEngine
        return UserEngine("start").run()

    def stop(self):
        from app.engine import UserEngine
        return UserEngine("stop").run()


print(Service().start(), Service().stop())
