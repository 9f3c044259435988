"""The timeline with its branches, as a picture and as text."""
