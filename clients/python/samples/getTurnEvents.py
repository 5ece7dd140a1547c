from sandgate import Sandgate

session = Sandgate().sessions.handle("build-42")
for event in session.turns.events("turn_01", after=2):
    print(event.type)
