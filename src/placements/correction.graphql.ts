import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsEnum, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar, MomentScalar } from '../platform/graphql/scalars.js';
import { EpisodeKind } from './episode.graphql.js';
import { placements } from './placements.refusals.js';

export enum CorrectionKind {
  moved = 'moved',
  other_place = 'other_place',
  missed = 'missed',
  never_was = 'never_was',
}
registerEnumType(CorrectionKind, {
  name: 'CorrectionKind',
  description: 'What was wrong about a timeline.',
  valuesMap: {
    moved: { description: 'A stretch began or ended on another day.' },
    other_place: { description: 'A stretch was lived elsewhere.' },
    missed: { description: 'A stretch is not there.' },
    never_was: { description: 'A stretch never was.' },
  },
});

export enum CorrectionReason {
  typing_error = 'typing_error',
  document_found = 'document_found',
  told_later = 'told_later',
  notified_late = 'notified_late',
}
registerEnumType(CorrectionReason, { name: 'CorrectionReason', description: 'Why what was recorded was wrong.' });

export enum DaysGoTo {
  before = 'before',
  after = 'after',
}
registerEnumType(DaysGoTo, { name: 'DaysGoTo', description: 'Which neighbour gets the days of a stretch that never was.' });

export enum CorrectionState {
  proposed = 'proposed',
  applied = 'applied',
  declined = 'declined',
}
registerEnumType(CorrectionState, { name: 'CorrectionState', description: 'What became of a proposed correction.' });

@InputType({ description: 'Where a stretch was really lived.' })
export class CorrectedPlaceInput {
  @Field(() => EpisodeKind, { description: 'Where it was lived.' })
  @IsEnum(EpisodeKind)
  kind: EpisodeKind;

  @Field(() => IdScalar, { nullable: true, description: 'The institution, where it was lived in one, and only then.' })
  @IsOptional()
  @IsUUID()
  institutionId?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The family, where it was lived in one, and only then.' })
  @IsOptional()
  @IsUUID()
  familyId?: string | null;
}

/** What both ways of correcting ask for. */
@InputType({ isAbstract: true })
export class CorrectionInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => CorrectionKind, { defaultValue: CorrectionKind.moved, description: 'What was wrong.' })
  @IsEnum(CorrectionKind)
  what: CorrectionKind;

  @Field(() => IdScalar, { nullable: true, description: 'The stretch that was wrong; none where one was missed.' })
  @IsOptional()
  @IsUUID()
  episodeId?: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it really began: not ahead, however far back. Needed for a missed stretch.' })
  @IsOptional()
  startsOn?: CivilDate | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which the next one really began. Needed for a missed stretch.' })
  @IsOptional()
  endsOn?: CivilDate | null;

  @Field(() => CorrectedPlaceInput, { nullable: true, description: 'Where she really lived, for a missed stretch or one lived elsewhere.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => CorrectedPlaceInput)
  place?: CorrectedPlaceInput | null;

  @Field(() => DaysGoTo, { nullable: true, description: 'Which neighbour gets the days of a stretch that never was; the one before it where left out.' })
  @IsOptional()
  @IsEnum(DaysGoTo)
  daysGoTo?: DaysGoTo | null;

  @Field(() => CorrectionReason, { description: 'Why what was recorded was wrong.' })
  @IsEnum(CorrectionReason)
  reason: CorrectionReason;
}

@InputType({ description: 'Corrects one\'s own typing error within some days, alone, unless a decision, payment or publication has used it. The neighbours follow; what was written before stays readable.' })
export class CorrectEpisodeInput extends CorrectionInput {}

@InputType({ description: 'Proposes a correction that another supervisor decides. Nothing changes before.' })
export class ProposeCorrectionInput extends CorrectionInput {
  @Field(() => String, { description: 'How it came to be known.' })
  @IsText(500)
  note: string;
}

@InputType({ description: 'Approves a proposed correction, which is written at once.' })
export class ApproveCorrectionInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The correction.' })
  @IsUUID()
  correctionId: string;
}

@InputType({ description: 'Declines a proposed correction, or takes one\'s own back.' })
export class DeclineCorrectionInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The correction.' })
  @IsUUID()
  correctionId: string;

  @Field(() => String, { description: 'Why it stays as it was written.' })
  @IsText(500)
  note: string;
}

@ObjectType({ description: 'A proposed correction of a child\'s timeline, and what became of it.' })
export class Correction {
  @Field(() => IdScalar, { description: 'The correction.' })
  id: string;

  @Field(() => IdScalar, { description: 'The child.' })
  childId: string;

  @Field(() => CorrectionKind, { description: 'What was wrong.' })
  what: CorrectionKind;

  @Field(() => IdScalar, { nullable: true, description: 'The stretch that was wrong; null where one was missed.' })
  episodeId: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it really began, where that is corrected.' })
  startsOn: CivilDate | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which the next one really began, where that is corrected.' })
  endsOn: CivilDate | null;

  @Field(() => EpisodeKind, { nullable: true, description: 'Where she really lived, where that is corrected.' })
  kind: EpisodeKind | null;

  @Field(() => CorrectionReason, { description: 'Why what was recorded was wrong.' })
  reason: CorrectionReason;

  @Field(() => String, { description: 'How it came to be known.' })
  note: string;

  @Field(() => CorrectionState, { description: 'What became of it.' })
  state: CorrectionState;

  @Field(() => IdScalar, { description: 'Who proposed it.' })
  proposedBy: string;

  @Field(() => MomentScalar, { description: 'When it was proposed.' })
  proposedAt: Date;

  @Field(() => IdScalar, { nullable: true, description: 'Who decided.' })
  decidedBy: string | null;

  @Field(() => MomentScalar, { nullable: true, description: 'When it was decided.' })
  decidedAt: Date | null;
}

export const CorrectionResult = resultUnion(Correction, 'Correction', placements);

@ObjectType({ description: 'Something that was recorded of where a child lives: what, when and by whom, never why.' })
export class Recording {
  @Field(() => IdScalar, { description: 'The act.' })
  id: string;

  @Field(() => String, { description: 'What was done, a verb of the trade: `placement.start`.' })
  act: string;

  @Field(() => MomentScalar, { description: 'When it was recorded.' })
  at: Date;

  @Field(() => IdScalar, { nullable: true, description: 'Who recorded it; null where the register did by itself.' })
  by: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it happened.' })
  on: CivilDate | null;
}

@ObjectType({ description: 'What the register said about a stretch of a child\'s life before it was written otherwise.' })
export class EpisodeBefore {
  @Field(() => IdScalar, { description: 'The stretch.' })
  id: string;

  @Field(() => EpisodeKind, { description: 'Where it was said to be lived.' })
  kind: EpisodeKind;

  @Field(() => DayScalar, { description: 'Its first day, as it was known.' })
  from: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which the next one began, as it was known; null: it went on.' })
  to: CivilDate | null;

  @Field(() => IdScalar, { nullable: true, description: 'The institution, where it was lived in one.' })
  institutionId: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The family, where it was lived in one.' })
  familyId: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'Who wrote it; null where nobody of the register did.' })
  recordedBy: string | null;

  @Field(() => MomentScalar, { description: 'From when the register said so.' })
  recordedAt: Date;

  @Field(() => MomentScalar, { description: 'Until when it said so.' })
  replacedAt: Date;
}
