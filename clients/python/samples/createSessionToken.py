from sandgate import Sandgate

session = Sandgate().sessions.handle("build-42")
token = session.tokens.create(
    scopes=["sessions:read", "turns:write"],
    allowed_origins=["https://app.example.com"],
)
print(token.token, token.expires_at)
