import app.far_7
