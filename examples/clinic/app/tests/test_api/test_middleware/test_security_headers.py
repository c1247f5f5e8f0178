from app.tests.test_api.test_middleware.small import caller, small_app


async def test_an_answer_has_the_headers_of_the_standard_and_is_not_stored() -> None:
    async with caller(small_app()) as client:
        headers = (await client.get("/api/things/1")).headers

    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
    assert headers["Content-Security-Policy"] == policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


async def test_what_an_answer_says_itself_stands() -> None:
    async with caller(small_app()) as client:
        headers = (await client.get("/api/things/own/headers")).headers

    assert headers.get_list("Content-Security-Policy") == ["script-src 'self'"]
    assert headers.get_list("Cache-Control") == ["max-age=5"]
