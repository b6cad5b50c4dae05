from app.new import deep


class Base(deep.Root):
    def run(self):
        return 1


class Mixin:
    def mixed(self):
        self.own = 1
        return 2
