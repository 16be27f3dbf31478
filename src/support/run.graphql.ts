import { ArgsType, Extensions, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsOptional, IsUUID, Matches } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import type { Riel } from '../kernel/money.js';
import { PageArgs, connectionOf } from '../platform/graphql/connection.js';
import { KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar, RielScalar } from '../platform/graphql/scalars.js';
import type { RunState } from './run.domain.js';
import { support } from './support.refusals.js';

export enum SupportScheme {
  after_residential = 'after_residential',
}
registerEnumType(SupportScheme, { name: 'SupportScheme', description: 'A scheme of financial support.' });

export enum PaymentRunReason {
  regular = 'regular',
  extra = 'extra',
}
registerEnumType(PaymentRunReason, { name: 'PaymentRunReason', description: 'Why there is a run: the month\'s own, or an extra one for a first payment.' });

export enum PaymentRunState {
  draft = 'draft',
  calculated = 'calculated',
  checked = 'checked',
  approved = 'approved',
  cancelled = 'cancelled',
}
registerEnumType(PaymentRunState, { name: 'PaymentRunState', description: 'Where a run stands.' });

export enum PaymentLineKind {
  regular = 'regular',
  arrears = 'arrears',
  adjustment = 'adjustment',
}
registerEnumType(PaymentLineKind, { name: 'PaymentLineKind', description: 'What a line pays: its run\'s month, an earlier one, or what was missing in a line before.' });

export enum PaymentWarningCode {
  overpaid = 'overpaid',
  short_residential_stay = 'short_residential_stay',
}
registerEnumType(PaymentWarningCode, { name: 'PaymentWarningCode', description: 'What a person must look at; nothing is held back or taken back for it.' });

/** A month as inputs write it. */
export const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

@ObjectType({ description: 'What a run adds up to.' })
export class PaymentTotals {
  @Field(() => Int, { description: 'Lines.' })
  count: number;

  @Field(() => Int, { description: 'Nights.' })
  nights: number;

  @Field(() => RielScalar, { description: 'Riel.' })
  riel: Riel;

  @Field(() => Int, { description: 'Lines that are held until their payee is known; the right stands.' })
  heldCount: number;

  @Field(() => RielScalar, { description: 'Riel of the lines that are held.' })
  heldRiel: Riel;
}

@ObjectType({ description: 'Nights of a line at one rate.' })
export class PaymentLinePart {
  @Field(() => IdScalar, { description: 'The rate.' })
  rateId: string;

  @Field(() => RielScalar, { description: 'The rate in riel a month.' })
  riel: Riel;

  @Field(() => Int, { description: 'Nights at this rate.' })
  nights: number;
}

@ObjectType({ description: 'What a run pays to one family (or at home) for one child and month. It carries the child\'s number, never the name.' })
export class PaymentLine {
  @Field(() => IdScalar, { description: 'The line.' })
  id: string;

  @Field(() => Int, { description: 'The child\'s number in the register.' })
  childNumber: number;

  @Field(() => Int, { nullable: true, description: 'The family\'s number; null where the child lives at home.' })
  familyNumber: number | null;

  @Field(() => IdScalar, { nullable: true, description: 'The family; null where the child lives at home.' })
  familyId: string | null;

  @Field(() => String, { description: 'The month that is paid, YYYY-MM.' })
  month: string;

  @Field(() => PaymentLineKind, { description: 'What it pays.' })
  kind: PaymentLineKind;

  @Field(() => Int, { description: 'Nights; of an adjustment the difference to what was paid before.' })
  nights: number;

  @Field(() => RielScalar, { description: 'Riel, rounded once to 100; of an adjustment the difference.' })
  riel: Riel;

  @Field(() => [PaymentLinePart], { description: 'The rates behind it, at most 31; of an adjustment those of the whole month.' })
  @Extensions({ maximum: 31 })
  parts: PaymentLinePart[];

  @Field(() => IdScalar, { nullable: true, description: 'The line that an adjustment corrects.' })
  adjusts: string | null;

  @Field(() => Boolean, { description: 'Held until its payee is known? The right stands, the money waits.' })
  held: boolean;

  payeeId: string | null;
}

@ObjectType({ description: 'Something in a run that a person must look at.' })
export class PaymentWarning {
  @Field(() => PaymentWarningCode, { description: 'What it is.' })
  code: PaymentWarningCode;

  @Field(() => Int, { description: 'The child\'s number in the register.' })
  childNumber: number;

  @Field(() => Int, { nullable: true, description: 'The family\'s number.' })
  familyNumber: number | null;

  @Field(() => DayScalar, { description: 'The month overpaid, by its first day, or the day of the move.' })
  on: CivilDate;

  @Field(() => Int, { nullable: true, description: 'Nights paid too many.' })
  nights: number | null;

  @Field(() => RielScalar, { nullable: true, description: 'Riel paid too much. To take them back is a person\'s decision, after hearing the family.' })
  riel: Riel | null;
}

@ObjectType({ description: 'One payment of a scheme for a month, in a province or the country. Whoever prepared or calculated it does not approve it.' })
export class PaymentRun {
  @Field(() => IdScalar, { description: 'The run.' })
  id: string;

  @Field(() => SupportScheme, { description: 'The scheme.' })
  scheme: SupportScheme;

  @Field(() => String, { description: 'The month, YYYY-MM.' })
  month: string;

  @Field(() => IdScalar, { description: 'The provincial department or the ministry that pays.' })
  officeId: string;

  @Field(() => PaymentRunReason, { description: 'Why there is this run.' })
  reason: PaymentRunReason;

  @Field(() => String, { description: 'Code of the fund that pays.' })
  fund: string;

  @Field(() => PaymentRunState, { description: 'Where it stands.' })
  state: RunState;

  @Field(() => IdScalar, { description: 'The account of whoever prepared it.' })
  preparedBy: string;

  @Field(() => DayScalar, { description: 'The day on which it was prepared.' })
  preparedOn: CivilDate;

  @Field(() => IdScalar, { nullable: true, description: 'The account of whoever calculated it last.' })
  calculatedBy: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The account of whoever checked it.' })
  checkedBy: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The account of whoever approved it.' })
  approvedBy: string | null;
}

export const PaymentRunResult = resultUnion(PaymentRun, 'PaymentRun', support);
export const PaymentRunConnection = connectionOf(PaymentRun, 'PaymentRun');
export const PaymentLineConnection = connectionOf(PaymentLine, 'PaymentLine');

@InputType({ description: 'Prepares a payment run.' })
export class PreparePaymentRunInput extends KeyedInput {
  @Field(() => SupportScheme, { defaultValue: SupportScheme.after_residential, description: 'The scheme.' })
  @IsEnum(SupportScheme)
  scheme: SupportScheme;

  @Field(() => String, { description: 'The month, YYYY-MM; it has begun.' })
  @Matches(MONTH)
  month: string;

  @Field(() => IdScalar, { description: 'The provincial department, or the ministry for the country.' })
  @IsUUID()
  officeId: string;

  @Field(() => PaymentRunReason, { defaultValue: PaymentRunReason.regular, description: 'The month\'s own run, or an extra one.' })
  @IsEnum(PaymentRunReason)
  reason: PaymentRunReason;

  @Field(() => String, { defaultValue: 'national_budget', description: 'Code of the fund that pays.' })
  @Matches(/^[a-z][a-z_]{2,39}$/)
  fund: string;
}

@InputType({ isAbstract: true })
export class PaymentRunInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The run.' })
  @IsUUID()
  runId: string;
}

@InputType({ description: 'Calculates a run from the facts as they are now; a run that is not approved may be calculated anew.' })
export class CalculatePaymentRunInput extends PaymentRunInput {}

@InputType({ description: 'Says that the lines of a run were gone through.' })
export class CheckPaymentRunInput extends PaymentRunInput {}

@InputType({ description: 'Approves a run.' })
export class ApprovePaymentRunInput extends PaymentRunInput {}

@InputType({ description: 'Cancels a run that is not approved.' })
export class CancelPaymentRunInput extends PaymentRunInput {}

@ArgsType()
export class PaymentRunsArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only runs of this month, YYYY-MM.' })
  @IsOptional()
  @Matches(MONTH)
  month?: string | null;
}
