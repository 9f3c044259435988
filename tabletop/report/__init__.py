"""From a log to an after-action report: one model, a renderer for each format. Pure: no clock, no files."""
