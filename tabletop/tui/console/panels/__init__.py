"""The parts of the console's screen. What each says is a pure function above the widget that shows it."""
