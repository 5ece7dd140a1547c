from sandgate import Sandgate

session = Sandgate().sessions.handle("build-42")
snapshot = session.snapshots.create(name="before the upgrade")
print(snapshot.id)
