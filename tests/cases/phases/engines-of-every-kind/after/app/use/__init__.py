from app.engine import UserEngine as Plain
from app.old.ruled import Ruled as Renamed
from app.use.hub import *
