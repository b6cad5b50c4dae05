import app.far_10
