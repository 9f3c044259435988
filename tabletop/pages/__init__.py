"""Pages that text is set on (Markdown, HTML, a terminal, plain text) and pieces of pictures."""
