import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsBoolean, IsDefined, IsOptional, IsUUID } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { casework } from './casework.refusals.js';

export enum VisitState {
  due = 'due',
  seen = 'seen',
  recorded = 'recorded',
  cancelled = 'cancelled',
}
registerEnumType(VisitState, { name: 'VisitState', description: 'Where a visit stands.' });

@ObjectType({ description: 'What a visit found.' })
export class VisitRecord {
  @Field(() => Boolean, { description: 'Was the child heard alone for a part of it?' })
  seenAlone: boolean;

  @Field(() => Boolean, { description: 'Did it bring a worry?' })
  worry: boolean;

  @Field(() => String, { description: 'The child\'s health, food, sleep.' })
  wellbeing: string;

  @Field(() => String, { nullable: true, description: 'School, work and hours.' })
  schoolAndWork: string | null;

  @Field(() => String, { nullable: true, description: 'Food, bed and school beside those of the carer\'s own children; is the money used for the child?' })
  home: string | null;

  @Field(() => String, { nullable: true, description: 'Contact with parents, kin and siblings.' })
  contact: string | null;

  @Field(() => String, { description: 'What the child said, in her words.' })
  childSaid: string;

  @Field(() => String, { description: 'The carer\'s own view.' })
  carerSaid: string;

  @Field(() => String, { nullable: true, description: 'What happens next.' })
  nextSteps: string | null;
}

@ObjectType({ description: 'A worker\'s visit to a child in a family.' })
export class Visit {
  @Field(() => IdScalar, { description: 'The visit.' })
  id: string;

  @Field(() => IdScalar, { description: 'The placement it follows.' })
  placementId: string;

  @Field(() => Int, { description: 'The how-manyth of the placement.' })
  ordinal: number;

  @Field(() => DayScalar, { description: 'The day on which it is due, by rule.' })
  dueOn: CivilDate;

  @Field(() => VisitState, { description: 'Where it stands.' })
  state: VisitState;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it happened.' })
  happenedOn: CivilDate | null;

  @Field(() => VisitRecord, { nullable: true, description: 'Its record, once written.' })
  record: VisitRecord | null;
}

export const VisitResult = resultUnion(Visit, 'Visit', casework);

@InputType({ description: 'One tap: visited, child seen, no worry.' })
export class TapVisitInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The visit.' })
  @IsUUID()
  visitId: string;

  @Field(() => DayScalar, { description: 'The day on which it happened: a late entry at most.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'Records a visit.' })
export class RecordVisitInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The visit.' })
  @IsUUID()
  visitId: string;

  @Field(() => DayScalar, { description: 'The day on which it happened; the day of the tap where there was one.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => Boolean, { description: 'Was the child heard alone for a part of it?' })
  @IsBoolean()
  seenAlone: boolean;

  @Field(() => Boolean, { description: 'Did it bring a worry? The supervisor is told the same day; an allegation of harm is reported apart.' })
  @IsBoolean()
  worry: boolean;

  @Field(() => String, { description: 'The child\'s health, food, sleep; at most 2,000 characters.' })
  @IsText(2000)
  wellbeing: string;

  @Field(() => String, { nullable: true, description: 'School, work and hours.' })
  @IsOptional()
  @IsText(2000)
  schoolAndWork?: string | null;

  @Field(() => String, { nullable: true, description: 'Food, bed and school beside those of the carer\'s own children; is the money used for the child?' })
  @IsOptional()
  @IsText(2000)
  home?: string | null;

  @Field(() => String, { nullable: true, description: 'Contact with parents, kin and siblings.' })
  @IsOptional()
  @IsText(2000)
  contact?: string | null;

  @Field(() => String, { description: 'What the child said, in her words; at most 2,000 characters.' })
  @IsText(2000)
  childSaid: string;

  @Field(() => String, { description: 'The carer\'s own view; at most 2,000 characters.' })
  @IsText(2000)
  carerSaid: string;

  @Field(() => String, { nullable: true, description: 'What happens next.' })
  @IsOptional()
  @IsText(2000)
  nextSteps?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'A photo of the home or of a written record, sent in before by `POST /documents`; more may follow by `attachVisitDocument`.' })
  @IsOptional()
  @IsUUID()
  documentId?: string | null;
}

@InputType({ description: 'Adds a photo or a paper to a visit that happened.' })
export class AttachVisitDocumentInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The visit.' })
  @IsUUID()
  visitId: string;

  @Field(() => IdScalar, { description: 'The document, sent in before by `POST /documents`.' })
  @IsUUID()
  documentId: string;
}
