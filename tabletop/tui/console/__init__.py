"""The facilitator's console: one screen from which a session is run."""
