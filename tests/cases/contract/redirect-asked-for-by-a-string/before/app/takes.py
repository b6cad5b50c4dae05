from app.plain import Plain as G
