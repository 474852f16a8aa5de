"""`scripts/evaluate SUBJECT …`: run one evaluation; each subject's module reads its own arguments."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from onrecord.evaluation.subjects import SUBJECTS, run


def main(arguments: Sequence[str]) -> int:
    """Run the evaluation named first; 2 if there is none of that name."""
    if not arguments or arguments[0] not in SUBJECTS:
        print(f"usage: scripts/evaluate {{{','.join(SUBJECTS)}}} …; `scripts/evaluate SUBJECT --help` says more")
        return 2
    return run(arguments[0], arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
