"""The band across the screen: paused, phase ended, real-world emergency, trouble."""

from __future__ import annotations

from textual.widgets import Static

from tabletop.tui.kit.styling import styled
from tabletop.tui.station.attention import BandText


class StageBand(Static):
    """Hidden while play runs and all is well."""

    DEFAULT_CSS = """
    StageBand {
        display: none;
        width: 100%;
        height: auto;
        padding: 0 1;
        &.-calm { display: block; background: $panel; color: $text; }
        &.-caution { display: block; background: $warning; color: auto 95%; }
        &.-alarm {
            display: block;
            padding: 1;
            background: #b00020;
            color: white;
            text-style: bold;
            text-align: center;
        }
    }
    """

    _band: BandText | None = None

    def show_band(self, band: BandText | None) -> None:
        """Show a band, or none."""
        if band == self._band:
            return
        self._band = band
        for alarm in ("calm", "caution", "alarm"):
            self.set_class(band is not None and band.alarm == alarm, f"-{alarm}")
        if band is not None:
            gap = "\n" if band.alarm == "alarm" else "  "
            self.update(styled([(band.title, "strong"), (f"{gap}{band.text}", "plain")]))
