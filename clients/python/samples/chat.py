from sandgate import Sandgate

session = Sandgate().sessions.handle("build-42")
for event in session.chat("uname -s"):
    if event.type == "tool.delta":
        print(event.text, end="")
    if event.type == "complete":
        print(event.stop_reason)
