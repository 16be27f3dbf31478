import { ArgsType, Extensions, Field, InputType, ObjectType } from '@nestjs/graphql';
import { IsBoolean, IsUUID } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { PageArgs, connectionOf } from '../platform/graphql/connection.js';
import { KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import type { CountersignatureRow } from './countersignatures.queries.js';
import { training } from './training.refusals.js';

@ObjectType({ description: 'Something that was recorded without the certificate that its act asks for: it counts, and a supervisor countersigns it.' })
export class Countersignature {
  @Field(() => IdScalar, { description: 'The countersignature.' })
  id: string;

  @Field(() => String, { description: 'What was done: `visit.record`.' })
  act: string;

  @Field(() => String, { description: 'What kind of record it is.' })
  subjectKind: string;

  @Field(() => IdScalar, { description: 'The record.' })
  subjectId: string;

  @Field(() => IdScalar, { nullable: true, description: 'The child or family it is about, where that is another record.' })
  aboutId: string | null;

  @Field(() => IdScalar, { description: 'Account of who recorded it.' })
  recordedBy: string;

  @Field(() => DayScalar, { description: 'The day on which it was recorded.' })
  recordedOn: CivilDate;

  @Extensions({ maximum: 6 })
  @Field(() => [String], { description: 'The certificates of which she had none on that day, as audiences of courses.' })
  lacked: string[];

  @Field(() => IdScalar, { nullable: true, description: 'Account of the supervisor who countersigned; null while it waits.' })
  countersignedBy: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it was countersigned.' })
  countersignedOn: CivilDate | null;

  officeId: string;
}

export const CountersignatureResult = resultUnion(Countersignature, 'Countersignature', training);
export const CountersignatureConnection = connectionOf(Countersignature, 'Countersignature');

@ArgsType()
export class CountersignaturesArgs extends PageArgs {
  @Field(() => Boolean, { defaultValue: true, description: 'Only what still waits for a supervisor.' })
  @IsBoolean()
  waiting: boolean = true;
}

@InputType({ description: 'Countersigns what a colleague recorded without the certificate that it asks for.' })
export class CountersignInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The countersignature.' })
  @IsUUID()
  countersignatureId: string;
}

/** A row as the door shows it. */
export function toCountersignature(row: CountersignatureRow): Countersignature {
  return {
    id: row.id, act: row.act, subjectKind: row.subject_kind, subjectId: row.subject_id, aboutId: row.about_id, recordedBy: row.recorded_by, recordedOn: row.recorded_on,
    lacked: row.lacked, countersignedBy: row.countersigned_by, countersignedOn: row.countersigned_on, officeId: row.office_id,
  };
}
