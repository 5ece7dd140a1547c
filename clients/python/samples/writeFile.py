from sandgate import Sandgate

session = Sandgate().sessions.handle("build-42")
file = session.files.write("notes/today.md", "# Today")
print(file.path, file.size)
