/** The codes of a placement as the door shows them; their texts are in placements.messages.ts. */

export enum CareKind {
  foster = 'foster',
  kinship = 'kinship',
  family_house = 'family_house',
}

export enum PlacementState {
  planned = 'planned',
  approved = 'approved',
  active = 'active',
  ended = 'ended',
  cancelled = 'cancelled',
}

export enum PlacementEndReason {
  planned = 'planned',
  carer_behaviour = 'carer_behaviour',
  carer_illness = 'carer_illness',
  carer_migration = 'carer_migration',
  carer_support = 'carer_support',
  carer_other = 'carer_other',
  allegation = 'allegation',
  standards = 'standards',
  approval_removed = 'approval_removed',
  child_asked = 'child_asked',
  returned_home = 'returned_home',
  adopted = 'adopted',
  leaving_care = 'leaving_care',
  died = 'died',
  moved = 'moved',
  missing = 'missing',
}

export enum CancelReason {
  child_asked = 'child_asked',
  family_declined = 'family_declined',
  parents_disagree = 'parents_disagree',
  not_suitable = 'not_suitable',
  other_plan = 'other_plan',
  written_in_error = 'written_in_error',
  hold_lapsed = 'hold_lapsed',
  family_gone = 'family_gone',
  died = 'died',
}

export enum ConsultationKind {
  child = 'child',
  family = 'family',
  team = 'team',
  province = 'province',
}

export enum ConsultationOutcome {
  agrees = 'agrees',
  does_not_agree = 'does_not_agree',
  not_found = 'not_found',
}

export enum AgreementParty {
  carer = 'carer',
  office = 'office',
  commune = 'commune',
  parent = 'parent',
  child = 'child',
}

export enum SignedHow {
  signed = 'signed',
  thumbprint = 'thumbprint',
}

export enum GoesTo {
  institution = 'institution',
  home = 'home',
  independent = 'independent',
  hospital = 'hospital',
  missing = 'missing',
  unknown = 'unknown',
}
