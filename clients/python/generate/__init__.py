"""Writes what the client has from the contract, and its synchronous half from its asynchronous one."""
