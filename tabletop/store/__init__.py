"""Event logs in memory and in SQLite: row codec, verification, salvage, second copies."""
