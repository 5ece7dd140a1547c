from sandgate import Sandgate

session = Sandgate().sessions.handle("build-42")
turn = session.turns.start("npm test")
print(turn.id, turn.status)
