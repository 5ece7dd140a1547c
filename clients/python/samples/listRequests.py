from sandgate import Sandgate

session = Sandgate().sessions.handle("build-42")
for request in session.requests():
    print(request.request_id, request.title)
