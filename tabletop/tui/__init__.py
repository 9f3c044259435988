"""Screens for a terminal. The only package that imports Textual and Rich."""
