from app.old.static import OldStatic

name = OldStatic.name
