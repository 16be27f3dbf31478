import { ArgsType, Extensions, Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsOptional, IsUUID } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { Precision } from '../platform/graphql/enums.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar, MomentScalar } from '../platform/graphql/scalars.js';
import { placements } from './placements.refusals.js';

export enum EpisodeKind {
  institution = 'institution',
  foster = 'foster',
  kinship = 'kinship',
  family_house = 'family_house',
  home = 'home',
  hospital = 'hospital',
  independent = 'independent',
  missing = 'missing',
  unknown = 'unknown',
  respite = 'respite',
  family_visit = 'family_visit',
  trial_visit = 'trial_visit',
  carer_holiday = 'carer_holiday',
}
registerEnumType(EpisodeKind, { name: 'EpisodeKind', description: 'Where a stretch of a child\'s life is lived.' });

@ObjectType({ description: 'One stretch of a child\'s life in one place.' })
export class Episode {
  @Field(() => IdScalar, { description: 'The stretch.' })
  id: string;

  @Field(() => EpisodeKind, { description: 'Where it is lived.' })
  kind: EpisodeKind;

  @Field(() => DayScalar, { description: 'Its first day.' })
  from: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which the next one begins; null: it goes on.' })
  to: CivilDate | null;

  @Field(() => IdScalar, { nullable: true, description: 'The institution, where it is lived in one.' })
  institutionId: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The family, where it is lived in one.' })
  familyId: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The placement that it belongs to.' })
  placementId: string | null;

  @Field(() => Precision, { description: 'How exactly its first day is known.' })
  precision: Precision;

  @Field(() => String, { description: 'How it came to be known, as a code.' })
  basis: string;

  @Field(() => [String], { description: 'Codes of the rules that were broken when it began; ASK_SUPERVISOR stands for one that the caller may not read.' })
  breaches: string[];

  @Field(() => MomentScalar, { description: 'Since when the register says so.' })
  recordedAt: Date;

  @Field(() => IdScalar, { nullable: true, description: 'Who wrote it so; null where nobody of the register did.' })
  recordedBy: string | null;
}

@ObjectType({ description: 'A child\'s timeline, as it is known now or was known on a day.' })
export class Timeline {
  @Field(() => IdScalar, { description: 'The child.' })
  childId: string;

  @Extensions({ maximum: 200 })
  @Field(() => [Episode], { description: 'Her stretches in order, at most 200; only the one of the day where a day was asked for.' })
  episodes: Episode[];
}

export const EpisodeResult = resultUnion(Episode, 'Episode', placements);

@ArgsType()
export class TimelineArgs {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => DayScalar, { nullable: true, description: 'Only where she was on this day.' })
  @IsOptional()
  on?: CivilDate | null;

  @Field(() => DayScalar, { nullable: true, description: 'As the register knew it at the end of this day; without one, as it knows it now.' })
  @IsOptional()
  asKnownOn?: CivilDate | null;
}
