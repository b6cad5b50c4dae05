from app.old import flat
import flat as flatter

made = flat.Flat(), flatter.Flat()
