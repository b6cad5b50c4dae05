import app.far_4
