"""What each key of a design is for, in a sentence or two, as editors show it beside the key."""

from collections.abc import Mapping
from types import MappingProxyType

from backsmith.design.model import Scalar

DOCS: Mapping[str, str] = MappingProxyType(
    {
        "design.backsmith": "The version of the language: 1.",
        "design.name": "The name of the project: small letters, digits and hyphens.",
        "design.doc": "What the API is about; the first thing that its documentation says.",
        "design.roles": "Roles that people can be given, besides admin, which is always there.",
        "design.enums": "Enums that several fields share, as in Status: [draft, published].",
        "design.resources": "What the API is about, by name: singular, with a capital.",
        "resource.doc": "What one of these is, in a sentence.",
        "resource.fields": "Its fields, as in title: string 1..200 search. `id`, `created_at` and "
        "`updated_at` are there without being said.",
        "resource.owner": "The field that refers to the person to whom a row belongs. It is set "
        "to who creates the row.",
        "resource.unique": "Fields that are unique together, as in [[author, slug]].",
        "resource.index": "Fields that are looked up together, as in [[status, -published_at]].",
        "resource.access": "Who may do what. Without it an owner may do all, or everybody who is "
        "signed in may read and admin may write.",
        "resource.list": "How lists are sorted, and how long their pages are.",
        "resource.path": "What many are called, in URLs and tables, where a rule gets it wrong.",
        "resource.only": "The operations that there are; all of them without this.",
        "resource.soft_delete": "Keep deleted rows, hidden; admin can restore them.",
        "resource.deprecated": "Mark every operation as deprecated in the documentation.",
        "user": "What people have besides an id, an address, a password and roles.",
        "user.fields": "The fields, as in display_name: string? ..80. Each has a ? or a default, "
        "since an account is opened without them.",
        "access.read": "Who may list and show: public, authenticated, owner, or a role; or several "
        "of them, any of which is enough.",
        "access.write": "Who may create, change and delete, unless one of these says otherwise.",
        "access.create": "Who may create. With owner, whoever is signed in becomes it.",
        "access.update": "Who may change.",
        "access.delete": "Who may delete.",
        "list.sort": "What is sorted by when nothing is asked, as in -price; newest first without.",
        "list.page": "How many rows a page has when nothing is asked: 20 without this.",
        "list.max": "How many rows a page may have: 100 without this.",
        "field": f"A type and its words, as in decimal 10,2 0.. =0.00 sort. Types: "
        f"{', '.join(Scalar)}, enum, a resource, an enum by name, or User. `?` behind the type is "
        "for what may be missing.",
        "field.is": "The type and its words, as in string ..120.",
        "field.doc": "What the field holds, as the documentation says it.",
        "field.example": "A value, as the documentation shows it.",
    }
)
