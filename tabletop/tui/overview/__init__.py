"""The exercise as a seat that sees all of it is shown it: at the console and for watchers."""
