from sandgate import Sandgate

session = Sandgate().sessions.handle("build-42")
# The log so far; session.events() follows it.
for event in session.list_events(types="message,complete"):
    print(event.seq, event.type)
