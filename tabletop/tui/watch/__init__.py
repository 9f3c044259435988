"""The seat of an observer or an evaluator: sees everything; an evaluator notes and rates."""
