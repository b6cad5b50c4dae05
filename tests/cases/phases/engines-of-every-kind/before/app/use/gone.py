try:
    from app.old.lost import Lost, dropped, helper, unknown
except ImportError:
    Lost = None
from app.old.kept import Kept, dump, keep_it, make
from app.old.kept import LIMIT, nothing
import app.old.kept

app.old.kept.Kept, app.old.kept.make, app.old.kept
helper(), dropped(), unknown, Kept(), make("a"), keep_it(), dump({})
