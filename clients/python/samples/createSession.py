from sandgate import Sandgate

client = Sandgate()  # By SANDGATE_BASE_URL and SANDGATE_API_KEY.
session = client.sessions.create(id="build-42", metadata={"project": "website"})
print(session.id, session.data.status)
