"""What a team knows, folded from what it sees, split by concern. Pure: nothing here knows of a screen."""
