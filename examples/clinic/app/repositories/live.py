"""Which rows are there: those that are not deleted, nor hidden with what they belong to."""

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import aliased

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
APPOINTMENT_FOLLOWS = aliased(Appointment)
APPOINTMENT_FOLLOWS_ID = (
    select(APPOINTMENT_FOLLOWS.id)
    .where(
        APPOINTMENT_FOLLOWS.id == Appointment.follows_id,
        APPOINTMENT_FOLLOWS.deleted_at.is_(None),
        exists()
        .where(Patient.id == APPOINTMENT_FOLLOWS.patient_id, LIVE_PATIENTS)
        .correlate(APPOINTMENT_FOLLOWS),
    )
    .correlate(Appointment)
    .scalar_subquery()
)
