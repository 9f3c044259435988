"""The command line: one small module per verb, and the only place that wires the parts together."""
