"""Classes of letters for patterns."""

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢİĶŁŃŇŐŒŘŚŞŠŤŪŮŰŹŻŽƏА-ЯЁІЇЄҐ"
"""Capital letters of the alphabets texts are written in here, for use within brackets of a pattern."""
