"""How long it takes to render a design of ten resources: `make bench`.

The bar is one second (DESIGN: "render a design of 10 resources"). The time is also given as a
ratio to rendering a design without resources in the same run, which a busy machine disturbs less.
"""

import statistics
import time

from backsmith.design import Design, read
from backsmith.render import render

RUNS = 7
RESOURCE = """\
  Thing{letter}:
    fields:
      name: string 1..120 search sort
      code: string /^[A-Z]{{3}}-[0-9]{{4}}$/ unique
      price: decimal 10,2 0.. filter sort
      count: int 0..100 =1 filter
      due_on: date? filter sort
      keeper: User cascade
    owner: keeper
    access: {{read: public, write: [owner, editor]}}
"""


def design_of(count: int) -> Design:
    text = "backsmith: 1\nname: bench\nroles: [editor]\n"
    if count:
        letters = (chr(ord("A") + number) for number in range(count))
        text += "resources:\n" + "".join(RESOURCE.format(letter=letter) for letter in letters)
    found = read(text)
    if found.design is None:
        raise SystemExit("\n".join(map(str, found.findings)))
    return found.design


def seconds(design: Design) -> float:
    """The median of several runs, after one that is not counted."""
    render(design)
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        render(design)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    none, ten = seconds(design_of(0)), seconds(design_of(10))
    print(f"render of 10 resources: {ten:.3f} s (median of {RUNS}; the bar is 1 s)")
    print(f"beside none at all:     {ten / none:.1f} times as long ({none:.3f} s)")


if __name__ == "__main__":
    main()
