"""Everything that a reader made, as one file, and back again: theses, scenarios and notes.

A ZIP with a folder for each thesis's files, the same as are bundled, and one JSON file each for scenarios and notes.
What is brought in never overwrites: a thesis of a name that is taken gets another, and what names it follows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from components.export.zipped import unzipped, zipped
from data import clock
from data.errors import DataFileError
from data.library import Library, case_problems, thesis_names
from data.notes import LONGEST, Note, own_notes
from data.notes import MOST as MOST_NOTES
from data.own import MOST_THESES, Files, checked, own_theses
from data.own_records import NotKept
from data.scenarios import MOST as MOST_SCENARIOS
from data.scenarios import SavedScenario, own_scenarios

MOST_BYTES, MOST_FILES = 20_000_000, 2_000  # unpacked
_TOLD = 5  # of what is left out; more are counted
_SCENARIOS, _NOTES = "scenarios.json", "notes.json"
_READ_ME = (
    "What you made in the thesis dashboard: your articles (theses/NAME/, files as docs/write-a-thesis.md describes), "
    "your scenarios and your notes. The page “Scenarios” brings this file in again.\n"
)
_Scenarios = TypeAdapter(dict[str, SavedScenario])
_Notes = TypeAdapter(list[Note])


@dataclass(frozen=True)
class Contents:
    """What such a file holds: theses by name, scenarios by id, notes."""

    theses: Mapping[str, Files]
    scenarios: Mapping[str, SavedScenario]
    notes: tuple[Note, ...]


def mine(owner: str = "") -> Contents:
    """All that this reader made, or that was made on this installation."""
    own = own_theses()
    return Contents(
        {name: own.files(name) for name in own.names()},
        {key: each for key, each in own_scenarios().all().items() if each.owner == owner},
        tuple(own_notes().all(owner)),
    )


def packed(contents: Contents) -> bytes:
    """The file."""
    texts = {"README.txt": _READ_ME}
    for name, files in contents.theses.items():
        texts |= {f"theses/{name}/{place}": text for place, text in files.items()}
    texts[_SCENARIOS] = _Scenarios.dump_json(dict(contents.scenarios), indent=2).decode()
    texts[_NOTES] = _Notes.dump_json(list(contents.notes), indent=2).decode()
    return zipped(texts)


def unpacked(content: bytes) -> Contents:
    """What a file holds. Raises NotKept, with a sentence, for one that is no such file."""
    texts = unzipped(
        content, MOST_FILES, MOST_BYTES, f"The ZIP holds more than {MOST_BYTES // 1_000_000} MB or {MOST_FILES} files.",
        "This is no ZIP of what was saved here.",
    )  # fmt: skip
    theses: dict[str, dict[str, str]] = {}
    for place, text in texts.items():
        parts = place.split("/", 2)
        if parts[0] == "theses" and len(parts) == 3:
            theses.setdefault(parts[1], {})[parts[2]] = text
    if not theses and _SCENARIOS not in texts and _NOTES not in texts:
        raise NotKept("In this ZIP are neither articles nor scenarios nor notes of yours.")
    try:
        scenarios = _Scenarios.validate_json(texts.get(_SCENARIOS, "{}"))
        notes = _Notes.validate_json(texts.get(_NOTES, "[]"))
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(str(part) for part in first["loc"][:3])
        raise NotKept(f"The scenarios or notes in this file cannot be read: {where}: {first['msg']}.") from None
    return Contents({name: checked(files) for name, files in theses.items()}, scenarios, tuple(notes))


def bring_in(contents: Contents, library: Library, owner: str = "") -> str:
    """Keeps what a file holds beside what is there, and says what came in and what did not.

    Raises NotKept, before anything is kept, where there is too much.
    """
    scenarios, notes = own_scenarios(), {note.key: note for note in own_notes().all(owner)}
    there = [each.model_copy(update={"owner": ""}) for each in scenarios.all().values() if each.owner == owner]
    _bound(len(own_theses().names()) + len(contents.theses), MOST_THESES, "articles")
    _bound(len(scenarios.all()) + len(contents.scenarios), MOST_SCENARIOS, "scenarios")
    _bound(len(own_notes().names()) + len(contents.notes), MOST_NOTES, "notes")
    names: dict[str, str] = {}
    left_out = []
    for name, files in contents.theses.items():
        try:
            names[name] = _keep_thesis(name, files, library)
        except (NotKept, DataFileError) as wrong:
            left_out.append(f"The article “{name[:60]}” is left out: {str(wrong).splitlines()[0]}")
    known = {*thesis_names(library), *own_theses().names()}
    new = written = 0
    for each in contents.scenarios.values():
        one = each.model_copy(update={"thesis": names.get(each.thesis, each.thesis), "owner": ""})
        if one.thesis not in known:
            left_out.append(f"The scenario “{one.name}” is left out: its article is not here.")
        elif one not in there:
            scenarios.save(one.model_copy(update={"owner": owner}))
            new += 1
    for note in contents.notes:
        moved = note.model_copy(update={"thesis": names.get(note.thesis, note.thesis), "owner": owner})
        if moved.thesis not in known:
            left_out.append(f"The note on “{moved.title[:60]}” is left out: its article is not here.")
            continue
        try:
            written += _keep_note(moved, notes)
        except NotKept as wrong:
            left_out.append(str(wrong))
    more = f" And {len(left_out) - _TOLD} more." if len(left_out) > _TOLD else ""
    came = f"Brought in: {_count(len(names), 'article')}, {_count(new, 'scenario')}, {_count(written, 'note')}."
    return " ".join([came, *left_out[:_TOLD]]) + more


def _bound(number: int, most: int, what: str) -> None:
    if number > most:
        raise NotKept(f"That would be {number:,} {what}, and {most:,} are kept at most. Nothing is brought in.")


def _keep_thesis(name: str, files: Files, library: Library) -> str:
    """Keeps a thesis; the name that it has now: another one where a different thesis has its own."""
    own, taken = own_theses(), thesis_names(library)
    place, wanted, number = f"theses/{name}.toml", name, 1
    if place not in files:
        raise NotKept(f"The files of “{name[:60]}” are those of another article.")
    while wanted in taken:
        renamed = _named(files, name, wanted)
        if wanted in own.names() and dict(own.files(wanted)) == renamed:
            return wanted
        number += 1
        wanted = f"{name[:55]}-{number}"
    own.keep(wanted, _named(files, name, wanted))
    if problems := case_problems(wanted, clock.today(), replace(library, own=own.folder)):
        own.delete(wanted)
        raise DataFileError.of(problems)
    return wanted


def _named(files: Files, name: str, wanted: str) -> dict[str, str]:
    return {place.replace(f"theses/{name}.toml", f"theses/{wanted}.toml"): text for place, text in files.items()}


def _keep_note(new: Note, notes: dict[str, Note]) -> bool:
    """Keeps a note; where another stands at that place, both stay, the later one first. Whether anything is new.

    Raises NotKept where there is no room for both.
    """
    old = notes.get(new.key)
    if old is not None:
        if f"\n\n{new.text}\n\n" in f"\n\n{old.text}\n\n":
            return False
        first, last = (new, old) if new.changed > old.changed else (old, new)
        both = f"{first.text}\n\n{last.text}"
        if len(both) > LONGEST:
            raise NotKept(f"The note on “{new.title[:60]}” is left out: there is one here, and no room for both.")
        new = new.model_copy(update={"text": both, "written": min(new.written, old.written), "changed": clock.now()})
    own_notes().keep(new)
    notes[new.key] = new
    return True


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
