"""Who may steer the server: whoever sits at its machine, by our own page and no other one."""

from starlette.requests import Request

from ui.loopback import is_loopback

_FORWARDED = (
    "cf-connecting-ip",
    "forwarded",
    "true-client-ip",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
)


def is_owner(request: Request) -> bool:
    """Say whether a request comes from this machine, to one of its own names.

    What a proxy on this machine passes on comes from anybody; it has to say so in a header, as the
    README asks. A name that somebody made to point here is not one of its own.
    """
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    return is_loopback(request.client.host) and is_loopback(request.url.hostname or "")


def is_own_page(request: Request) -> bool:
    """Say whether our own page sends a request: a browser tells where what is written comes from.

    Another site may have the owner's browser send a form here; it cannot say that we sent it.
    """
    return request.headers.get("origin") == f"{request.url.scheme}://{request.url.netloc}"
