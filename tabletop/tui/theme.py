"""The colours of the program: calm and dark, one accent; amber asks for something, red stops."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

THEME: Final = Theme(
    name="tabletop",
    dark=True,
    primary="#5aa9e6",
    secondary="#3d6e96",
    accent="#7cc4ff",
    foreground="#e4e9f0",
    background="#0e131a",
    surface="#151c26",
    panel="#1d2733",
    boost="#2a3645",
    success="#67d391",
    warning="#f2bd4c",
    error="#ff6f69",
    variables={
        "frame": "#33414f",
        "marking": "#23402f",
        "marking-text": "#9fe3b4",
        "block-cursor-background": "#27496b",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#233140",
        "block-cursor-blurred-foreground": "#e4e9f0",
        "text-muted": "#97a6b5",
        "text-accent": "#7cc4ff",
        "text-success": "#67d391",
        "text-warning": "#f2bd4c",
        "text-error": "#ff8a84",
        "border": "#5aa9e6",
        "border-blurred": "#33414f",
        "input-cursor-background": "#e4e9f0",
        "input-cursor-foreground": "#0e131a",
        "scrollbar": "#33414f",
        "scrollbar-hover": "#5aa9e6",
        "scrollbar-active": "#7cc4ff",
        "scrollbar-background": "#151c26",
        "scrollbar-background-hover": "#151c26",
        "scrollbar-background-active": "#151c26",
        "scrollbar-corner-color": "#151c26",
        "footer-key-foreground": "#7cc4ff",
    },
)
