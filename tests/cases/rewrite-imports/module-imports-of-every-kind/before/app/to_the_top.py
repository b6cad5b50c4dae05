from app.old import flat
import app.old.flat as flatter

made = flat.Flat(), flatter.Flat()
