import app.old.flat

made = app.old.flat.Flat()
