import app.mid as m
