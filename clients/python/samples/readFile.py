from sandgate import Sandgate

session = Sandgate().sessions.handle("build-42")
file = session.files.read("hello.txt")
print(file.text)
