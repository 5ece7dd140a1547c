from sandgate import Sandgate

session = Sandgate().sessions.handle("build-42")
resumed = session.resume(request_id="perm_01", decision="allow")
print(resumed.turn_id)
