import pytest

from backsmith.design import canonical
from backsmith.design.endpoints import endpoints

from .designs import good, messages, with_resources

BLOG = "Blog: {fields: {keeper: User, guest: User?, name: string}, owner: keeper}"
POST = 'Post: {fields: {blog: Blog, again: "Blog?", title: string}, owner: blog.keeper}'


def with_comment(owner: str, *keys: str) -> str:
    comment = ("Comment:", "  fields: {post: Post, text: string}", f"  owner: {owner}", *keys)
    return with_resources(BLOG, POST, *comment)


def test_an_owner_may_be_further_up() -> None:
    design = good(with_comment("post.blog.keeper"))

    assert design.resource("Comment").owner_path == ("post", "blog", "keeper")
    assert "    owner: post.blog.keeper\n" in canonical(design)
    assert good(canonical(design)) == design


def test_who_creates_below_an_owner_has_to_be_the_owner() -> None:
    design = good(with_comment("post.blog.keeper"))

    asked = {each.method: each.who for each in endpoints(design) if "/comments" in each.path}

    assert asked["POST"] == "owner"


def test_who_creates_below_somebody_else_has_to_read_it_all_the_same() -> None:
    text = with_comment("post.blog.keeper", "  access: {create: authenticated}")

    assert "authenticated may create what only owner may read" in messages(text)


@pytest.mark.parametrize(
    ("owner", "message"),
    [
        ("pots.blog.keeper", '"pots" is no field of Comment. Did you mean "post"?'),
        ("post.blg.keeper", '"blg" is no field of Post. Did you mean "blog"?'),
        ("post.blog.keepr", '"keepr" is no field of Blog. Did you mean "keeper"?'),
        ("post.blog", '"blog" of Post doesn\'t refer to User'),
        ("post.title.keeper", '"title" of Post doesn\'t refer to a resource'),
        ("post.blog.keeper.name", '"keeper" of Blog doesn\'t refer to a resource'),
        ("post.again.keeper", '"again" of Post is on the way to the owner, and may be empty'),
        ("post.blog.guest", '"guest" of Blog is on the way to the owner, and may be empty'),
        ("post.blog.a.b.c.d", "the owner is 6 steps away; 5 are the most"),
    ],
)
def test_each_step_is_a_reference_that_is_always_there(owner: str, message: str) -> None:
    assert message in messages(with_comment(owner))
