import app.far_5
