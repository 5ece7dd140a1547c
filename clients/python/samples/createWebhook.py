from sandgate import Sandgate

webhook = Sandgate().webhooks.create(
    url="https://hooks.example.com/sandgate",
    events=["permission.requested", "turn.completed"],
)
print(webhook.id, webhook.secret)
