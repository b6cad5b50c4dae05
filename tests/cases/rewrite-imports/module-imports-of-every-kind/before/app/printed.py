from app.old import legacy
import app.old.helpers as helpers

shown = f"{legacy.OldEngine=}"
text = f"{legacy.OldEngine('n').run()} é {helpers.LEVEL}"
