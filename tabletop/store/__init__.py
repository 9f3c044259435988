"""Event logs: in memory and in SQLite, the codec of their rows, verification and salvage."""
