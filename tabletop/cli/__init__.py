"""The command line: one small module a verb, and the only place that wires the parts together."""
