from app.two import OldEngine as Engine
