from app.old.static import OldStatic

limit = OldStatic.limit
