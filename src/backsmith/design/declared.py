"""What a capital letter may stand for: the resources and the named enums of a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backsmith.design.findings import Findings, Place, listed, nearest, quoted
from backsmith.design.model import Enum, Scalar
from backsmith.design.words import TYPE_SYNONYMS

_PERSON = "User"
_OTHERWISE: dict[str, str] = {**TYPE_SYNONYMS, "person": _PERSON}
_OTHERWISE |= {scalar.value: scalar.value for scalar in Scalar}


@dataclass(frozen=True, slots=True)
class Declared:
    """Their names as they are written, or were meant, whether or not the rest can be read."""

    resources: Sequence[str]
    enums: Mapping[str, Enum]

    def knows(self, name: str) -> bool:
        return name == _PERSON or name in self.resources or name in self.enums

    def meant(self, name: str, place: Place, findings: Findings) -> str | None:
        """Tell that nothing has this name, and go on with the one that it should be.

        What is misspelt is told each time; what isn't there at all, once.
        """
        known = [*self.resources, _PERSON]
        near = nearest(name, [*known, *self.enums], _OTHERWISE)
        told = f" Did you mean {quoted(near)}?" if near else ""
        enums = f" Enums: {listed(self.enums)}." if self.enums else ""
        findings.add(
            place,
            f"{quoted(name)} is no resource of this design.{told}",
            f"Resources: {listed(known)}.{enums}",
            once=not near,
        )
        return near
