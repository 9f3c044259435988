"""The parts of a report, each drawn from the history of one exercise."""
