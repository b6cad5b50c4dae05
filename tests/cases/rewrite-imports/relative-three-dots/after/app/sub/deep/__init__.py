from ...engine import UserEngine
