"""The design language: a file in; a typed design, or everything that is wrong with it, out.

`read` is the way in. What is where:

| module | what it knows |
|---|---|
| `model`, `names` | the typed design that writers read, and the names that follow from a name |
| `words` | the tables: types, words, keys, which type takes which word, what comes later |
| `reader`, `resource`, `field`, `columns` | the grammar, from the outside in |
| `access`, `conditions`, `only` | who may do what, with which rows; which operations there are |
| `enums` | lists of values that have a name |
| `keys` | the keys of a block, and what a misspelt one meant |
| `tokens`, `classify` | the words of a field: where each ends, and what it says |
| `bounds`, `values`, `prose` | what fits into a field: ranges, defaults, docs |
| `visibility` | which words about who sends and who sees a field go together |
| `pattern`, `regex` | patterns that mean the same everywhere |
| `naming`, `reserved`, `plurals` | which names may be given, and what many are called |
| `people` | what a design adds to people: the block `User:` |
| `links`, `lists`, `counts` | fields that point to many rows, or hold many values; how many |
| `ownership` | owners further up |
| `checks`, `link_checks`, `enum_checks`, `circles`, `stored` | what needs all resources at hand |
| `source`, `complaints`, `characters` | YAML with places, and which characters it may hold |
| `findings`, `assumptions` | what is told: what is wrong, and what was left open |
| `shell`, `wording`, `spelling` | what is typed in a shell, as lines of a design |
| `additions` | lines put into a design's text |
| `layout`, `comments` | the one form of a design's text, and the comments in it |
| `schema`, `key_docs` | the language as a JSON Schema, for editors |
| `canonical`, `endpoints` | the design as text again, and the endpoints that it comes to |
| `outline` | both as plain values, for programs |

Pure throughout: no disk, no clock, nothing that differs between two runs.
"""

from backsmith.design.assumptions import Assumption
from backsmith.design.canonical import canonical
from backsmith.design.findings import Finding
from backsmith.design.model import Design
from backsmith.design.reader import Read, read

__all__ = ["Assumption", "Design", "Finding", "Read", "canonical", "read"]
