from app.context import Context
