"""`python -m tests.gold.heads`."""

from tests.gold.heads import main

main()
