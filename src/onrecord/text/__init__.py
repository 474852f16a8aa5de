"""Pure string helpers: lines and positions, offset units, quotation marks, folding. No models here."""
