from app.engine import UserEngine


class State:
    pass


class App:
    state = State()
    engine_class = UserEngine


App.state.factory = UserEngine
App.state.OldEngine = "not the class"
print(App.state.factory("a").run(), App.engine_class("b").run(), App.state.OldEngine)
