from app.old import legacy as given, helpers

made = given.OldEngine("n")
