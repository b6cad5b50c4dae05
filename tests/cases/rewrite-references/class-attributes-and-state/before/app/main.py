from app.old.legacy import OldEngine


class State:
    pass


class App:
    state = State()
    engine_class = OldEngine


App.state.factory = OldEngine
App.state.OldEngine = "not the class"
print(App.state.factory("a").run(), App.engine_class("b").run(), App.state.OldEngine)
