from app.engine import UserEngine


class Mine(UserEngine):
    def run(self):
        return super().run() + ' mine'


print(Mine('a').run())
