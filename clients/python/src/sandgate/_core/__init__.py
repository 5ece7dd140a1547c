"""What the synchronous and the asynchronous client have in common: all but the waiting."""
