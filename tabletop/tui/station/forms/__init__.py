"""What a team fills in, at its station or at the console: one form for each thing it can do."""
