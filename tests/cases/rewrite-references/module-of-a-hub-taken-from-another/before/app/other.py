from app import hub as engines
import app.hub as more
