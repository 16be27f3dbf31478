import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { CivilDate } from '../kernel/civil-date.js';
import { DayScalar, IdScalar, RielScalar } from '../platform/graphql/scalars.js';
import { PaymentLineKind, PaymentRunState } from './run.graphql.js';

@ObjectType({ description: 'What was calculated for a child and a month, and where its run stands.' })
export class ChildPayment {
  @Field(() => IdScalar, { description: 'The line of the run.' })
  id: string;

  @Field(() => IdScalar, { description: 'The run.' })
  runId: string;

  @Field(() => PaymentRunState, { description: 'Where the run stands: it is paid once that is approved.' })
  state: PaymentRunState;

  @Field(() => DayScalar, { description: 'The first day of the month that it pays.' })
  month: CivilDate;

  @Field(() => PaymentLineKind, { description: 'What it pays.' })
  kind: PaymentLineKind;

  @Field(() => IdScalar, { nullable: true, description: 'The family that it pays; null for a child who lives at home or on her own.' })
  familyId: string | null;

  @Field(() => Int, { description: 'Nights; of an adjustment the difference to what was paid before.' })
  nights: number;

  @Field(() => RielScalar, { description: 'Riel; of an adjustment the difference.' })
  riel: bigint;
}
