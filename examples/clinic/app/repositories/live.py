"""Which rows are there: those that are not deleted, nor hidden with what they belong to."""

from sqlalchemy import and_, case, exists, select

from app.db.rows import Rows
from app.models import Appointment, MedicalRecord, Patient, Prescription

LIVE_PATIENTS: Rows = Patient.deleted_at.is_(None)
LIVE_MEDICAL_RECORDS: Rows = (
    exists().where(Patient.id == MedicalRecord.patient_id, LIVE_PATIENTS).correlate(MedicalRecord)
)
LIVE_APPOINTMENTS: Rows = and_(
    Appointment.deleted_at.is_(None),
    exists().where(Patient.id == Appointment.patient_id, LIVE_PATIENTS).correlate(Appointment),
)
LIVE_PRESCRIPTIONS: Rows = (
    exists()
    .where(Appointment.id == Prescription.appointment_id, LIVE_APPOINTMENTS)
    .correlate(Prescription)
)
APPOINTMENT_FOLLOWS_ID = case(
    (
        Appointment.follows_id.in_(select(Appointment.id).where(LIVE_APPOINTMENTS).correlate(None)),
        Appointment.follows_id,
    )
)
