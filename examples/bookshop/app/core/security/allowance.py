"""What bounds the work that strangers can cause."""

from collections import OrderedDict
from collections.abc import Callable


class Allowance:
    """A few at once, and then one in a while: a bucket of tokens."""

    def __init__(self, clock: Callable[[], float], *, most: int, every: float) -> None:
        self._clock = clock
        self._most = most
        self._every = every
        self._left = float(most)
        self._counted_at = clock()

    def take(self) -> bool:
        """Take one, if there is one."""
        now = self._clock()
        gained = (now - self._counted_at) / self._every
        self._left = min(self._most, self._left + gained)
        self._counted_at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Unknown:
    """Names that were looked for in vain a moment ago; the oldest give way."""

    def __init__(self, clock: Callable[[], float], *, most: int, seconds: float) -> None:
        self._clock = clock
        self._most = most
        self._seconds = seconds
        self._until: OrderedDict[str, float] = OrderedDict()

    def add(self, name: str) -> None:
        self._until[name] = self._clock() + self._seconds
        self._until.move_to_end(name)
        if len(self._until) > self._most:
            self._until.popitem(last=False)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._until.get(name, 0.0) > self._clock()
