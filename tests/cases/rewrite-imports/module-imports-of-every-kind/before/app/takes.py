import app.gives
from app.gives import given

made = given.OldEngine("n"), app.gives.helpers.LEVEL
