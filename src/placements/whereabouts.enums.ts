/** The codes of nights elsewhere, moves and who was told, as the door shows them; their texts are in whereabouts.messages.ts. */

export enum AbsenceKind {
  hospital = 'hospital',
  respite = 'respite',
  family_visit = 'family_visit',
  trial_visit = 'trial_visit',
  carer_holiday = 'carer_holiday',
}

export enum TellingParty {
  police = 'police',
  parents = 'parents',
  worker = 'worker',
  supervisor = 'supervisor',
  siblings = 'siblings',
  carers = 'carers',
  authority = 'authority',
}

export enum MoveTo {
  institution = 'institution',
  home = 'home',
  independent = 'independent',
  hospital = 'hospital',
  unknown = 'unknown',
}
