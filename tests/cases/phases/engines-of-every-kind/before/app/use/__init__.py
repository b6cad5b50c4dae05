from app.old.plain import Plain
from app.old.ruled import Ruled as Renamed
from app.use.hub import *
