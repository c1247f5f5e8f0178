"""Everything an endpoint may ask for. Endpoints use these names and never write `Depends`.

Each is async though it waits for nothing: FastAPI would send a plain function to a thread.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, cast

from fastapi import Body, Depends, Form, Query, Request, Response
from fastapi.security import HTTPBearer
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.bearer import bearer_of
from app.api.device_mark import DeviceMark
from app.api.links import Links
from app.api.middleware.proxies import address
from app.core.actor import Actor
from app.core.login_place import LoginPlace
from app.core.user_agent import device_of
from app.repositories.appointment import AppointmentRepository
from app.repositories.doctor import DoctorRepository
from app.repositories.login_lane import LoginLaneRepository
from app.repositories.mail_token import MailTokenRepository
from app.repositories.medical_record import MedicalRecordRepository
from app.repositories.patient import PatientRepository
from app.repositories.prescription import PrescriptionRepository
from app.repositories.session import SessionRepository
from app.repositories.user import UserRepository
from app.repositories.user_identity import UserIdentityRepository
from app.schemas.appointment import AppointmentQuery
from app.schemas.doctor import DoctorQuery
from app.schemas.medical_record import MedicalRecordQuery
from app.schemas.patient import PatientQuery
from app.schemas.prescription import PrescriptionQuery
from app.schemas.session import EXAMPLE_TOKEN, Logout, PasswordForm
from app.schemas.user_admin import UserAdminQuery
from app.services.appointment import AppointmentService
from app.services.appointment import readable as readable_appointments
from app.services.base import Lookup
from app.services.doctor import DoctorService
from app.services.login_lane import LoginLaneService
from app.services.medical_record import MedicalRecordService
from app.services.patient import PatientService
from app.services.patient import readable as readable_patients
from app.services.prescription import PrescriptionService
from app.services.session import Desk, SessionService
from app.services.user import UserService
from app.services.user_account import UserAccountService
from app.services.user_admin import UserAdminService
from app.services.user_desk import UserDesk, UserDesks
from app.services.user_email_change import UserEmailChangeService
from app.services.user_identity import IdentityDesk, UserIdentityService
from app.services.user_mails import UserMails
from app.services.user_password import UserPasswordService
from app.services.user_password_reset import UserPasswordResetService
from app.services.user_session import UserSessionService
from app.services.user_sign_up import UserSignUpService

# Only documents that a token is taken: the route itself reads it, before the body.
Bearer = Annotated[object, Depends(HTTPBearer(auto_error=False, scheme_name="AccessToken"))]


async def get_anyone(request: Request, _: Bearer) -> Actor | None:
    return cast("Actor | None", request.state.actor)


async def get_signed_in(request: Request, _: Bearer) -> Actor:
    return cast("Actor", request.state.actor)


async def get_presented(request: Request, _: Bearer) -> str | None:
    return bearer_of(request)


async def get_device_mark(request: Request, response: Response) -> DeviceMark:
    return DeviceMark(request, response, request.app.state.devices)


async def get_login_place(
    request: Request, mark: Annotated[DeviceMark, Depends(get_device_mark)]
) -> LoginPlace:
    client = request.client
    return LoginPlace(
        address=address(client.host) if client else None,
        device=device_of(request.headers.get("user-agent", "")),
        mark=mark.given,
    )


async def get_session(request: Request) -> AsyncSession:
    return cast("AsyncSession", request.state.session)


Anyone = Annotated[Actor | None, Depends(get_anyone)]
SignedIn = Annotated[Actor, Depends(get_signed_in)]
Presented = Annotated[str | None, Depends(get_presented)]
"""An access token as it was sent, which may have ended."""
FromWhere = Annotated[LoginPlace, Depends(get_login_place)]
OnDevice = Annotated[DeviceMark, Depends(get_device_mark)]
Session = Annotated[AsyncSession, Depends(get_session)]


def login_lanes(request: Request) -> LoginLaneService:
    state = request.app.state

    @asynccontextmanager
    async def writing() -> AsyncIterator[LoginLaneRepository]:
        async with state.database.apart() as session:
            yield LoginLaneRepository(session)

    return LoginLaneService(writing, state.lanes, state.devices, state.login_gate)


async def get_sessions(request: Request) -> SessionService:
    state = request.app.state

    @asynccontextmanager
    async def reading() -> AsyncIterator[Desk]:
        async with state.database.reads() as session:
            yield Desk(users=UserRepository(session), sessions=SessionRepository(session))

    @asynccontextmanager
    async def writing() -> AsyncIterator[Desk]:
        async with state.database.apart() as session:
            yield Desk(users=UserRepository(session), sessions=SessionRepository(session))

    return SessionService(
        reading,
        writing,
        state.passwords,
        state.tokens,
        state.settings.tokens,
        state.directory,
        login_lanes(request),
    )


async def get_user_sessions(session: Session) -> UserSessionService:
    return UserSessionService(SessionRepository(session))


async def get_user_identities(request: Request) -> UserIdentityService:
    state = request.app.state

    @asynccontextmanager
    async def reading() -> AsyncIterator[IdentityDesk]:
        async with state.database.reads() as session:
            yield IdentityDesk(UserRepository(session), UserIdentityRepository(session))

    @asynccontextmanager
    async def writing() -> AsyncIterator[IdentityDesk]:
        async with state.database.apart() as session:
            yield IdentityDesk(UserRepository(session), UserIdentityRepository(session))

    return UserIdentityService(reading, writing, state.directory, state.settings.issuer.linking)


async def get_users(session: Session) -> UserService:
    return UserService(UserRepository(session))


async def get_user_sign_ups(request: Request) -> UserSignUpService:
    state = request.app.state
    return UserSignUpService(user_desks(request), state.passwords, user_mails(request))


async def get_user_password_resets(request: Request) -> UserPasswordResetService:
    state = request.app.state
    return UserPasswordResetService(
        user_desks(request), state.passwords, user_mails(request), login_lanes(request)
    )


async def get_user_passwords(
    request: Request, sessions: Annotated[SessionService, Depends(get_sessions)]
) -> UserPasswordService:
    return UserPasswordService(
        user_desks(request),
        request.app.state.passwords,
        sessions,
        login_lanes(request),
        user_mails(request),
    )


async def get_user_email_changes(request: Request) -> UserEmailChangeService:
    return UserEmailChangeService(user_desks(request), user_mails(request))


async def get_user_accounts(request: Request) -> UserAccountService:
    return UserAccountService(user_desks(request), user_mails(request))


def user_desks(request: Request) -> UserDesks:
    @asynccontextmanager
    async def writing() -> AsyncIterator[UserDesk]:
        async with request.app.state.database.apart() as session:
            yield UserDesk(
                users=UserRepository(session),
                sessions=SessionRepository(session),
                mail_tokens=MailTokenRepository(session),
            )

    return writing


def user_mails(request: Request) -> UserMails:
    state = request.app.state
    return UserMails(state.mail, state.settings.mail.link_base)


async def get_links(request: Request, response: Response) -> Links:
    return Links(request, response)


async def get_user_admin(session: Session) -> UserAdminService:
    return UserAdminService(UserRepository(session), SessionRepository(session))


Sessions = Annotated[SessionService, Depends(get_sessions)]
UserSessions = Annotated[UserSessionService, Depends(get_user_sessions)]
Users = Annotated[UserService, Depends(get_users)]
UserAccounts = Annotated[UserAccountService, Depends(get_user_accounts)]
UserEmailChanges = Annotated[UserEmailChangeService, Depends(get_user_email_changes)]
UserPasswords = Annotated[UserPasswordService, Depends(get_user_passwords)]
UserPasswordResets = Annotated[UserPasswordResetService, Depends(get_user_password_resets)]
UserSignUps = Annotated[UserSignUpService, Depends(get_user_sign_ups)]
UserAdmin = Annotated[UserAdminService, Depends(get_user_admin)]
AskedUsers = Annotated[UserAdminQuery, Query()]
GivenForm = Annotated[PasswordForm, Form()]
GivenLogout = Annotated[Logout | None, Body(examples=[{"refresh_token": EXAMPLE_TOKEN}])]
Linked = Annotated[Links, Depends(get_links)]


async def get_doctors(session: Session) -> DoctorService:
    return DoctorService(DoctorRepository(session))


Doctors = Annotated[DoctorService, Depends(get_doctors)]
AskedDoctors = Annotated[DoctorQuery, Query()]


async def get_patients(session: Session) -> PatientService:
    return PatientService(PatientRepository(session))


Patients = Annotated[PatientService, Depends(get_patients)]
AskedPatients = Annotated[PatientQuery, Query()]


async def get_medical_records(session: Session) -> MedicalRecordService:
    return MedicalRecordService(
        MedicalRecordRepository(session), Lookup(PatientRepository(session), readable_patients)
    )


MedicalRecords = Annotated[MedicalRecordService, Depends(get_medical_records)]
AskedMedicalRecords = Annotated[MedicalRecordQuery, Query()]


async def get_appointments(session: Session) -> AppointmentService:
    return AppointmentService(
        AppointmentRepository(session),
        Lookup(PatientRepository(session), readable_patients),
        Lookup(AppointmentRepository(session), readable_appointments),
    )


Appointments = Annotated[AppointmentService, Depends(get_appointments)]
AskedAppointments = Annotated[AppointmentQuery, Query()]


async def get_prescriptions(session: Session) -> PrescriptionService:
    return PrescriptionService(
        PrescriptionRepository(session),
        Lookup(AppointmentRepository(session), readable_appointments),
    )


Prescriptions = Annotated[PrescriptionService, Depends(get_prescriptions)]
AskedPrescriptions = Annotated[PrescriptionQuery, Query()]
