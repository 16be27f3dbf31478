import { Field, InputType, registerEnumType } from '@nestjs/graphql';
import { IsBoolean, IsDefined, IsEnum, IsOptional, IsUUID } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { KeyedInput } from '../platform/graphql/inputs.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { AbsenceKind } from './whereabouts.enums.js';

registerEnumType(AbsenceKind, { name: 'AbsenceKind', description: 'Where a child sleeps while her place is kept.' });

@InputType({ description: 'Says that a child sleeps elsewhere while the family or the institution keeps her place.' })
export class RecordAbsenceInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child: living with a family, or in an institution.' })
  @IsUUID()
  childId: string;

  @Field(() => AbsenceKind, { description: 'Where she sleeps; respite and a carer\'s holiday are said of a child in a family.' })
  @IsEnum(AbsenceKind)
  kind: AbsenceKind;

  @Field(() => DayScalar, { description: 'The first night elsewhere: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => Boolean, { description: 'True: it has happened, and is recorded even where it breaks a rule. False: it is being decided, and refused where the other family may not take her.' })
  @IsBoolean()
  happened: boolean;

  @Field(() => IdScalar, { nullable: true, description: 'For respite: the family of the register that takes her. It gives a place; null where nobody of the register does.' })
  @IsOptional()
  @IsUUID()
  respiteFamilyId?: string | null;
}

@InputType({ description: 'Says that a child is back where her place was kept, or where she was missing from.' })
export class RecordReturnInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => DayScalar, { description: 'The first night back: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;
}
