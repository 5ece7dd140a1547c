from sandgate import Sandgate

session = Sandgate().sessions.handle("build-42")
stopped = session.interrupt()
print(stopped.interrupted, stopped.turn_id)
