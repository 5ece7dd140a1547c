from sandgate import Sandgate

session = Sandgate().sessions.handle("build-42")
fork = session.fork(metadata={"attempt": "2"})
print(fork.id, fork.data.forked_from.session_id)
