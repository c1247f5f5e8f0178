from app.models.appointment import Appointment
from app.models.doctor import Doctor
from app.models.idempotency_key import IdempotencyKey
from app.models.login_lane import LoginLane
from app.models.mail_token import MailPurpose, MailToken
from app.models.medical_record import MedicalRecord
from app.models.patient import Patient
from app.models.prescription import Prescription
from app.models.session import RefreshToken, Session
from app.models.user import User
from app.models.user_identity import UserIdentity

__all__ = [
    "Appointment",
    "Doctor",
    "IdempotencyKey",
    "LoginLane",
    "MailPurpose",
    "MailToken",
    "MedicalRecord",
    "Patient",
    "Prescription",
    "RefreshToken",
    "Session",
    "User",
    "UserIdentity",
]
