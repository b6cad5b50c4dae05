import app.far_9
