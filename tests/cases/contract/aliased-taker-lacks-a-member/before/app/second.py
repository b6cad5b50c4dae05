from app.first import Engine as Motor
