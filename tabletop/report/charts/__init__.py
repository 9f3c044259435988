"""Charts as SVG, drawn by hand: no library, no script, no reference to anything outside the picture."""
