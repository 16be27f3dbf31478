import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsDefined, IsEnum, IsOptional, IsUUID } from 'class-validator';
import { Family } from '../carers/family.graphql.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { recruitment } from './recruitment.refusals.js';

/** How somebody of the staff is related to a family. */
export enum KinRelation {
  parent = 'parent',
  child = 'child',
  sibling = 'sibling',
  spouse = 'spouse',
  grandparent = 'grandparent',
  aunt_or_uncle = 'aunt_or_uncle',
  cousin = 'cousin',
  in_law = 'in_law',
  godparent = 'godparent',
  other = 'other',
}
registerEnumType(KinRelation, { name: 'KinRelation', description: 'How somebody of the staff is related to a family.' });

@ObjectType({ description: 'Somebody of the staff who lives in a family or is related to it, and therefore decides, studies and visits nothing there; nor do the direct colleagues of who lives there.' })
export class FamilyTie {
  @Field(() => IdScalar, { description: 'The account.' })
  accountId: string;

  @Field(() => IdScalar, { nullable: true, description: 'The adult who she is; null for a relative.' })
  adultId: string | null;

  @Field(() => KinRelation, { nullable: true, description: 'How she is related; null for an adult of the home.' })
  relation: KinRelation | null;
}

export const TiedFamilyResult = resultUnion(Family, 'TiedFamily', recruitment);

@InputType({ description: 'Declares that an adult of a family is somebody of the staff, or that somebody of the staff is related to it: exactly one of adult and relation.' })
export class DeclareTieInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The family.' })
  @IsUUID()
  familyId: string;

  @Field(() => IdScalar, { description: 'The account of her who is tied to it.' })
  @IsUUID()
  accountId: string;

  @Field(() => IdScalar, { nullable: true, description: 'The adult of the home who she is.' })
  @IsOptional()
  @IsUUID()
  adultId?: string | null;

  @Field(() => KinRelation, { nullable: true, description: 'How she is related to the family.' })
  @IsOptional()
  @IsEnum(KinRelation)
  relation?: KinRelation | null;

  @Field(() => DayScalar, { description: 'The day on which it was declared: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'Takes back what ties somebody of the staff to a family, because it was never so or is no longer.' })
export class WithdrawTieInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The family.' })
  @IsUUID()
  familyId: string;

  @Field(() => IdScalar, { description: 'The account.' })
  @IsUUID()
  accountId: string;

  @Field(() => DayScalar, { description: 'The day from which it is no longer so: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;
}
