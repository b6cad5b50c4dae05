from app.old import legacy
import app.old.helpers
import app.old.sub.pool as pool
