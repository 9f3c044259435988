"""Pages that text is set on: Markdown, HTML, a terminal, plain text. None knows what an exercise is."""
