import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsBoolean, IsDefined, IsEnum, IsInt, IsOptional, IsUUID, Matches, Max, Min, ValidateNested } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { IsPhone, IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { AREA_CODE, ChildSummary, EntryReason, ParentalStatus } from './child.graphql.js';

export enum LegalBasisKind {
  parents_agreement = 'parents_agreement',
  authority_order = 'authority_order',
  court_decision = 'court_decision',
  none_known = 'none_known',
}
registerEnumType(LegalBasisKind, { name: 'LegalBasisKind', description: 'By what a child is in care.' });

export enum NeedKind {
  daily_medicine = 'daily_medicine',
  monthly_clinic = 'monthly_clinic',
  wheelchair = 'wheelchair',
  sign_language = 'sign_language',
  low_vision = 'low_vision',
  special_school = 'special_school',
  learning_support = 'learning_support',
  behaviour_support = 'behaviour_support',
  therapy = 'therapy',
  infant_care = 'infant_care',
  special_diet = 'special_diet',
  night_care = 'night_care',
}
registerEnumType(NeedKind, { name: 'NeedKind', description: 'What a child needs, never why.' });

export enum Relation {
  mother = 'mother',
  father = 'father',
  step_parent = 'step_parent',
  grandparent = 'grandparent',
  aunt_uncle = 'aunt_uncle',
  brother_sister = 'brother_sister',
  cousin = 'cousin',
  guardian = 'guardian',
  other = 'other',
}
registerEnumType(Relation, { name: 'Relation', description: 'What a relative is to the child.' });

export enum Whereabouts {
  known = 'known',
  unknown = 'unknown',
  dead = 'dead',
  abroad = 'abroad',
}
registerEnumType(Whereabouts, { name: 'Whereabouts', description: 'Where a relative is.' });

export enum ContactWish {
  wanted = 'wanted',
  unwanted = 'unwanted',
  forbidden = 'forbidden',
}
registerEnumType(ContactWish, { name: 'ContactWish', description: 'Does the child want contact, or is it forbidden?' });

@ObjectType({ description: 'Why a child came into care.' })
export class EntryReasons {
  @Field(() => EntryReason, { nullable: true, description: 'The main reason; null until somebody has said it.' })
  main: EntryReason | null;

  @Field(() => [EntryReason], { description: 'All of them.' })
  all: EntryReason[];

  @Field(() => ParentalStatus, { description: 'Which parents live.' })
  parentalStatus: ParentalStatus;
}

@ObjectType({ description: 'By what a child is in care, and on which days.' })
export class LegalBasis {
  @Field(() => IdScalar, { description: 'The legal basis.' })
  id: string;

  @Field(() => LegalBasisKind, { description: 'Its kind.' })
  kind: LegalBasisKind;

  @Field(() => String, { nullable: true, description: 'Number of the document.' })
  number: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day of the decision.' })
  decidedOn: CivilDate | null;

  @Field(() => DayScalar, { description: 'First day on which it holds.' })
  from: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'First day on which it no longer holds.' })
  until: CivilDate | null;
}

@ObjectType({ description: 'What a child needs today.' })
export class Need {
  @Field(() => NeedKind, { description: 'The need.' })
  kind: NeedKind;

  @Field(() => Int, { description: '1 light, 2 middling, 3 heavy.' })
  level: number;

  @Field(() => DayScalar, { description: 'Since when.' })
  from: CivilDate;
}

@ObjectType({ description: 'A relative, or somebody who is one to the child.' })
export class Relative {
  @Field(() => IdScalar, { description: 'The relative.' })
  id: string;

  @Field(() => Relation, { description: 'What she or he is to the child.' })
  relation: Relation;

  @Field(() => String, { nullable: true, description: 'Name in Khmer.' })
  nameKm: string | null;

  @Field(() => String, { nullable: true, description: 'Name in Latin letters.' })
  nameLatin: string | null;

  @Field(() => Whereabouts, { description: 'Where she or he is.' })
  whereabouts: Whereabouts;

  @Field(() => String, { nullable: true, description: 'Code of the area where she or he lives.' })
  areaCode: string | null;

  @Field(() => ContactWish, { nullable: true, description: 'Does the child want contact? null: not asked yet.' })
  contact: ContactWish | null;

  @Field(() => String, { nullable: true, description: 'Telephone, +855...' })
  phone: string | null;
}

@ObjectType({ description: 'Somebody or some place a child must not meet. Confidential.' })
export class ContactRisk {
  @Field(() => IdScalar, { description: 'The contact risk.' })
  id: string;

  @Field(() => IdScalar, { nullable: true, description: 'A family of the register.' })
  familyId: string | null;

  @Field(() => String, { nullable: true, description: 'An adult, by name.' })
  adultName: string | null;

  @Field(() => String, { nullable: true, description: 'Code of an area.' })
  areaCode: string | null;

  @Field(() => DayScalar, { description: 'First day.' })
  from: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'First day on which it no longer holds.' })
  until: CivilDate | null;

  @Field(() => String, { description: 'Why. Confidential.' })
  reason: string;
}

@ObjectType({ description: 'What a child said, in her words.' })
export class ChildView {
  @Field(() => IdScalar, { description: 'The view.' })
  id: string;

  @Field(() => DayScalar, { description: 'The day on which she was heard.' })
  heardOn: CivilDate;

  @Field(() => IdScalar, { description: 'The account of who heard her.' })
  heardBy: string;

  @Field(() => Boolean, { description: 'Heard alone, out of hearing of staff and carers?' })
  alone: boolean;

  @Field(() => String, { description: 'Her words.' })
  text: string;
}

@ObjectType({ description: 'Children who belong together.' })
export class SiblingGroup {
  @Field(() => IdScalar, { description: 'The group.' })
  id: string;

  @Field(() => Int, { description: 'How many belong to it, also those whom the caller may not see.' })
  members: number;

  @Field(() => Boolean, { nullable: true, description: 'Does this child wish to stay together with them? null: not asked yet.' })
  wishTogether: boolean | null;

  @Field(() => [ChildSummary], { description: 'The others, as far as the caller may see them.' })
  others: ChildSummary[];
}

@InputType({ description: 'Records the legal basis of a child\'s care. The one before it ends on its first day.' })
export class RecordLegalBasisInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => LegalBasisKind, { description: 'Its kind; `none_known` calls a supervisor.' })
  @IsEnum(LegalBasisKind)
  kind: LegalBasisKind;

  @Field(() => String, { nullable: true, description: 'Number of the document, at most 60 characters.' })
  @IsOptional()
  @IsText(60)
  number?: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day of the decision: needed, but for `none_known`.' })
  @IsOptional()
  decidedOn?: CivilDate | null;

  @Field(() => DayScalar, { description: 'First day on which it holds: not ahead.' })
  @IsDefined()
  from: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'First day on which it no longer holds; it may lie ahead.' })
  @IsOptional()
  until?: CivilDate | null;
}

@InputType({ description: 'One need.' })
export class NeedInput {
  @Field(() => NeedKind, { description: 'The need.' })
  @IsEnum(NeedKind)
  kind: NeedKind;

  @Field(() => Int, { description: '1 light, 2 middling, 3 heavy.' })
  @IsInt()
  @Min(1)
  @Max(3)
  level: number;
}

@InputType({ description: 'Says everything a child needs from a day on.' })
export class RecordNeedsInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => DayScalar, { description: 'From which day: not ahead, and as late as a late entry may be.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => [NeedInput], { description: 'The whole list; an empty one says that she needs nothing special.' })
  @ArrayMaxSize(12)
  @ArrayUnique((need: NeedInput) => need.kind)
  @ValidateNested({ each: true })
  @Type(() => NeedInput)
  needs: NeedInput[];
}

@InputType({ description: 'Says that children are siblings, or were raised as such.' })
export class LinkSiblingsInput extends KeyedInput {
  @Field(() => [IdScalar], { description: 'Two to twelve children.' })
  @ArrayMinSize(2)
  @ArrayMaxSize(12)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  childIds: string[];

  @Field(() => Boolean, { nullable: true, description: 'Do they wish to stay together? null: not asked yet.' })
  @IsOptional()
  @IsBoolean()
  wishTogether?: boolean | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Make one group of two or more: asked for in so many words, by an office.' })
  @IsBoolean()
  mergeGroups: boolean;
}

@InputType({ description: 'Takes a child out of a sibling group that she does not belong to.' })
export class UnlinkSiblingInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;
}

@InputType({ description: 'Records a relative of a child, or everything that is now known of one.' })
export class RecordRelativeInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => IdScalar, { nullable: true, description: 'The relative of whom something new is known; without one a new relative is recorded.' })
  @IsOptional()
  @IsUUID()
  relativeId?: string | null;

  @Field(() => Relation, { description: 'What she or he is to the child.' })
  @IsEnum(Relation)
  relation: Relation;

  @Field(() => String, { nullable: true, description: 'Name in Khmer; null: unknown.' })
  @IsOptional()
  @IsText(120)
  nameKm?: string | null;

  @Field(() => String, { nullable: true, description: 'Name in Latin letters; null: unknown.' })
  @IsOptional()
  @IsText(120)
  nameLatin?: string | null;

  @Field(() => Whereabouts, { description: 'Where she or he is.' })
  @IsEnum(Whereabouts)
  whereabouts: Whereabouts;

  @Field(() => String, { nullable: true, description: 'Code of the area where she or he lives, where that is known.' })
  @IsOptional()
  @Matches(AREA_CODE)
  areaCode?: string | null;

  @Field(() => ContactWish, { nullable: true, description: 'Does the child want contact? `forbidden` is an office\'s decision.' })
  @IsOptional()
  @IsEnum(ContactWish)
  contact?: ContactWish | null;

  @Field(() => String, { nullable: true, description: 'Telephone as people write it; Khmer digits are taken.' })
  @IsOptional()
  @IsPhone()
  phone?: string | null;
}

@InputType({ description: 'Records somebody or some place a child must not meet: a family, an adult or an area.' })
export class RecordContactRiskInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => IdScalar, { nullable: true, description: 'A family of the register.' })
  @IsOptional()
  @IsUUID()
  familyId?: string | null;

  @Field(() => String, { nullable: true, description: 'An adult, by name.' })
  @IsOptional()
  @IsText(120)
  adultName?: string | null;

  @Field(() => String, { nullable: true, description: 'Code of an area.' })
  @IsOptional()
  @Matches(AREA_CODE)
  areaCode?: string | null;

  @Field(() => DayScalar, { description: 'First day: not ahead.' })
  @IsDefined()
  from: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'First day on which it no longer holds.' })
  @IsOptional()
  until?: CivilDate | null;

  @Field(() => String, { description: 'Why, at most 2,000 characters. Confidential.' })
  @IsText(2000)
  reason: string;
}

@InputType({ description: 'Records what a child said to whoever records it.' })
export class RecordViewInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => DayScalar, { description: 'The day on which she was heard: not ahead, and as late as a late entry may be.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => Boolean, { description: 'Heard alone, out of hearing of staff and carers?' })
  @IsBoolean()
  alone: boolean;

  @Field(() => String, { description: 'Her words, at most 4,000 characters.' })
  @IsText(4000)
  text: string;
}

@InputType({ description: 'Records that a child does not want to live with a family.' })
export class RecordObjectionInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => IdScalar, { description: 'The family.' })
  @IsUUID()
  familyId: string;

  @Field(() => DayScalar, { description: 'The day on which she said so: not ahead, and as late as a late entry may be.' })
  @IsDefined()
  on: CivilDate;
}
