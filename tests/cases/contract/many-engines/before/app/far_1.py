import app.far_2
