import app.far_8
