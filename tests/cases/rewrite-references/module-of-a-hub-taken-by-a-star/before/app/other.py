import app.old.legacy
from app import hub as engines
