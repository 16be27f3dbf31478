import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsDefined, IsInt, IsUUID, Matches, Min } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { carers } from './carers.refusals.js';
import { AREA_CODE } from './family.graphql.js';

@InputType({ description: 'Writes down that a family has moved: as it happened, wherever it went.' })
export class MoveFamilyInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The family.' })
  @IsUUID()
  familyId: string;

  @Field(() => Int, { description: 'The version that was read.' })
  @IsInt()
  @Min(1)
  version: number;

  @Field(() => String, { description: 'Code of the commune or village where it lives now.' })
  @Matches(AREA_CODE)
  areaCode: string;

  @Field(() => DayScalar, { description: 'The first day at the new address: not ahead, at most 31 days back.' })
  @IsDefined()
  on: CivilDate;
}

@ObjectType({ description: 'A family\'s move. The office that it left goes on reading when it moved and to which office, and no address.' })
export class FamilyMove {
  @Field(() => IdScalar, { description: 'The move.' })
  id: string;

  @Field(() => IdScalar, { description: 'The family.' })
  familyId: string;

  @Field(() => DayScalar, { description: 'The first day at the new address.' })
  on: CivilDate;

  @Field(() => IdScalar, { description: 'The office that answers for the family from then on.' })
  officeId: string;

  @Field(() => Boolean, { description: 'Was it suspended by that? It was approved in one province and lives in another, whose supervisor reviews it.' })
  suspended: boolean;
}

export const FamilyMoveResult = resultUnion(FamilyMove, 'FamilyMove', carers);

@ObjectType({ description: 'Where a family lived, and when.' })
export class FamilyAddress {
  @Field(() => String, { description: 'Code of the commune or village.' })
  areaCode: string;

  @Field(() => DayScalar, { description: 'The first day.' })
  from: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it lived there no more; null while it lives there.' })
  to: CivilDate | null;
}
