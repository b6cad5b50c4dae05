import app.one
import app.two
