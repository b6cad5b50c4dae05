import app.context
import app.old.legacy

made = app.old.legacy.OldEngine("n")
context = app.context.Context
