module sandgate.example/sandgate

go 1.25
