-- Ends the transaction in the same round trip, while the lock is held.
commit
