"""What every screen is made of: windows, lists, lines of keys, fields of forms, styling."""
