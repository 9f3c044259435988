"""What the panels of the console say, as lines of words with tones. Pure, so that tests read them as text."""
