import app.hub
import app.kept

engine = app.hub.OldEngine("r", bridge="b")
print(engine.show(), isinstance(engine, app.hub.OldEngine))
