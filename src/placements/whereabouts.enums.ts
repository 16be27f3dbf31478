/** The codes of nights elsewhere as the door shows them; their texts are in whereabouts.messages.ts. */

export enum AbsenceKind {
  hospital = 'hospital',
  respite = 'respite',
  family_visit = 'family_visit',
  trial_visit = 'trial_visit',
  carer_holiday = 'carer_holiday',
}
