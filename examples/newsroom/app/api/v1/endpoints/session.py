from fastapi import APIRouter, status
from pydantic import ValidationError

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import (
    FromWhere,
    GivenForm,
    GivenLogout,
    OnDevice,
    Presented,
    Sessions,
)
from app.core.errors import Unauthenticated
from app.core.security.tokens import TokenInvalid
from app.schemas.session import Login, Refresh, TokenPair
from app.services.login_lane import LoginDelayed, LoginStopped
from app.services.session import LoginFailed, RefreshInvalid

router = APIRouter(prefix="/auth", tags=["auth"], route_class=Route)
password_form = APIRouter(prefix="/auth", tags=["auth"], route_class=Route)
"""What the docs page's Authorize button signs in with. RFC 9700 section 2.4 forbids the password
grant to anybody else's client, so it is off in production."""

LOGIN_PROBLEMS = problems(LoginFailed, LoginDelayed, LoginStopped)


@router.post("/login", response_model=TokenPair, responses=LOGIN_PROBLEMS)
async def login(sessions: Sessions, place: FromWhere, device: OnDevice, data: Login) -> TokenPair:
    """Sign in with e-mail address and password.

    The answer leaves a mark on this device (a cookie), so that what others try does not hold it up.
    """
    pair = await sessions.login(data, place)
    device.leave(data.email)
    return pair


@router.post("/refresh", response_model=TokenPair, responses=problems(RefreshInvalid))
async def refresh(sessions: Sessions, data: Refresh) -> TokenPair:
    """Trade a refresh token for a new pair.

    For some seconds the old one gives the same refresh token again, to whoever lost the answer.
    After that, to use it once more ends the session: somebody may have stolen it.
    """
    return await sessions.refresh(data.refresh_token)


@router.post(
    "/logout",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(Unauthenticated, TokenInvalid),
)
async def logout(sessions: Sessions, presented: Presented, data: GivenLogout = None) -> None:
    """End a session, and with it all of its tokens; to end it again is no error.

    Its access token says which one, or its refresh token in the body, which also works when the
    other has expired.
    """
    await sessions.logout(presented, data.refresh_token if data else None)


@password_form.post("/token", response_model=TokenPair, responses=LOGIN_PROBLEMS)
async def token(
    sessions: Sessions, place: FromWhere, device: OnDevice, form: GivenForm
) -> TokenPair:
    """Sign in from the docs page (OAuth2 password form, development only)."""
    try:
        data = Login(email=form.username, password=form.password)
    except ValidationError as error:
        raise LoginFailed from error
    return await login(sessions, place, device, data)
