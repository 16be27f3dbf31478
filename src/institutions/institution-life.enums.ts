import { registerEnumType } from '@nestjs/graphql';

export enum InspectionKind {
  regular = 'regular',
  unannounced = 'unannounced',
  follow_up = 'follow_up',
  after_worry = 'after_worry',
}
registerEnumType(InspectionKind, { name: 'InspectionKind', description: 'Why an institution was inspected.' });

export enum InspectionResult {
  in_order = 'in_order',
  shortcomings = 'shortcomings',
  grave = 'grave',
}
registerEnumType(InspectionResult, { name: 'InspectionOutcome', description: 'What an inspection came to.' });

export enum ClosureReason {
  standards = 'standards',
  harm = 'harm',
  reform = 'reform',
  no_licence = 'no_licence',
  own_wish = 'own_wish',
  other = 'other',
}
registerEnumType(ClosureReason, { name: 'ClosureReason', description: 'Why an institution is closed.' });

export enum PostKind {
  director = 'director',
  carer = 'carer',
  social_worker = 'social_worker',
  para_social_worker = 'para_social_worker',
  teacher = 'teacher',
  health = 'health',
  kitchen = 'kitchen',
  other = 'other',
}
registerEnumType(PostKind, { name: 'PostKind', description: 'What the staff of an institution are there for.' });
