from sandgate import Sandgate

session = Sandgate().sessions.handle("build-42")
turn = session.turns.get("turn_01", wait=60)
print(turn.status, turn.output_text)
