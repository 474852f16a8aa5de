"""Find what a person names on the command line: a file, an interview's id, or an item's id."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from onrecord.api import parse
from onrecord.errors import ConfigError
from onrecord.loading import interviews, withheld
from onrecord.schema.interview import Interview


def interview_of(what: str, dataset: Path) -> Interview:
    """Return the interview that `what` names: a path to a file, or the id of an interview or of an item in `dataset`.

    Raises `ConfigError` if there is none, with the nearest ids, or if its words are not in the dataset.
    """
    if Path(what).is_file():
        return parse(what)
    wanted = what.split("#", 1)[0]
    if not dataset.is_dir():
        raise ConfigError(
            f"there is no file {what}, and no dataset {dataset} to look an id up in: run `onrecord build`"
        )
    seen = []
    for interview in interviews(dataset):
        if interview.id == wanted:
            return interview
        seen.append(interview.id)
    if wanted in withheld(dataset):
        raise ConfigError(
            f"the words of {wanted!r} are not in {dataset} (standoff): put them back from a copy of your own with "
            "`onrecord rebuild --from`"
        )
    near = get_close_matches(wanted, seen, 3, 0.4)
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    raise ConfigError(f"there is no file and, in {dataset}, no interview {what!r}{meant}")
