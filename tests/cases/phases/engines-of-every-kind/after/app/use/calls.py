import app.use
import app.use.hub as hub
from app.old.ruled import Ruled
from app.engine import UserEngine
from app.use import Renamed
from app.use.hub import Alias, forced, whole

registry = é = None
Ruled(registry); Ruled(1, 2, user=3); Ruled(registry=registry, name=f())
Ruled(*é), Ruled(), Ruled(user=g(), name=h(), registry=é)
Ruled.create(1), isinstance(é, Ruled)
hub.Ruled(1), hub.Plain(), app.use.Plain(), app.use.Renamed(2), app.use.hub.Ruled
UserEngine("é"), Renamed(1, 2), Alias(), forced.Forced(), whole.helper(), hub.whole.VALUE
hub.forced.Forced.pause, hub.nothing, app.use.hub.forced.unused
