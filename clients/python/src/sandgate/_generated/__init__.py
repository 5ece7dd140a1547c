"""Written by ``generate`` from the contract, api-spec/openapi.json. Not to be edited."""
