"""The parts of the station's screen."""
