"""The projector picture: what everybody in the building may see."""
