"""A team's station: its inbox, its decisions, its cards, and what it says."""
