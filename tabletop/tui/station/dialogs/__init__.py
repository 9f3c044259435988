"""What a team fills in: one small dialog for each thing it can do."""
