"""The plural of an English noun: rules, and a short list of those that keep none."""

from backsmith.design.names import Names

_IRREGULAR = {
    "child": "children",
    "criterion": "criteria",
    "datum": "data",
    "foot": "feet",
    "goose": "geese",
    "half": "halves",
    "hero": "heroes",
    "knife": "knives",
    "leaf": "leaves",
    "life": "lives",
    "loaf": "loaves",
    "man": "men",
    "matrix": "matrices",
    "medium": "media",
    "mouse": "mice",
    "ox": "oxen",
    "person": "people",
    "phenomenon": "phenomena",
    "potato": "potatoes",
    "quiz": "quizzes",
    "shelf": "shelves",
    "thief": "thieves",
    "tomato": "tomatoes",
    "tooth": "teeth",
    "wife": "wives",
    "wolf": "wolves",
    "woman": "women",
}

_INVARIABLE = """
advice aircraft cattle clothes data deer equipment feedback fish furniture hardware information
knowledge luggage media metadata money music news offspring people police research rice salmon
series sheep software species staff traffic weather
"""
_THE_SAME = frozenset(_INVARIABLE.split())


def plural(noun: str) -> str:
    """`book` → `books`; a noun that has no plural of its own comes back as it is."""
    if noun in _THE_SAME:
        return noun
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("sis"):
        return noun[:-2] + "es"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def one_of(name: str, target: str) -> str:
    """What one of many is called: of `blog_tags` that are each a Tag, `blog_tag`."""
    one = Names(target, "").stem
    many = _many(one)
    if name == many or name.endswith(f"_{many}"):
        return name.removesuffix(many) + one
    first, dash, last = name.rpartition("_")
    return f"{first}{dash}{singular(last) or last}"


def _many(stem: str) -> str:
    first, dash, last = stem.rpartition("_")
    return f"{first}{dash}{plural(last)}"


def singular(noun: str) -> str | None:
    """The noun that this is the plural of, if it looks like one."""
    for one, many in _IRREGULAR.items():
        if noun == many and one not in ("datum", "medium"):
            return one
    if noun in _THE_SAME:
        return None
    candidates = [noun[:-3] + "y"] if noun.endswith("ies") else []
    candidates += [noun[:-2]] if noun.endswith("es") else []
    candidates += [noun[:-1]] if noun.endswith("s") else []
    if noun.endswith(("ss", "us", "is", "as", "os", "lens")):
        return None
    return next((one for one in candidates if len(one) > 2 and plural(one) == noun), None)
