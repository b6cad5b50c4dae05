try:
    from app.engine import UserEngine as Lost
    from app.old.lost import dropped, unknown
    from app.tools import helper
except ImportError:
    Lost = None
from app.engine import UserEngine
from json import dumps
from app.old.kept import keep_it
from app.tools import make
from app.old.kept import LIMIT, nothing
import app.old.kept

app.old.kept.Kept, app.old.kept.make, app.old.kept
helper(), dropped(), unknown, UserEngine(), make("a"), keep_it(), dumps({})
