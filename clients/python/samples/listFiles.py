from sandgate import Sandgate

session = Sandgate().sessions.handle("build-42")
for file in session.files.list(recursive=True):
    print(file.path, file.size)
