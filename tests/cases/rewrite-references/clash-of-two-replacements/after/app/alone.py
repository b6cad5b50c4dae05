from app.other import UserEngine

print(UserEngine("e").name)
