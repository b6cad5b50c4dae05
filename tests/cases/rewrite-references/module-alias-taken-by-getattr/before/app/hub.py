import app.old.legacy as module

engine = module.OldEngine("a")
