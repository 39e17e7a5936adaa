"""A linear space over mood tags and axes, so that wishes can be searched like vectors."""
