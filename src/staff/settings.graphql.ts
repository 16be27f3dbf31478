import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { IsDefined, Matches } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { connectionOf } from '../platform/graphql/connection.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { staff } from './staff.messages.js';

@ObjectType({ description: 'A number or condition that an order fixes, from a day on.' })
export class Setting {
  @Field(() => IdScalar, { description: 'This value of the setting.' })
  id: string;

  @Field(() => String, { description: 'The setting: `placements.foster_limit`.' })
  name: string;

  @Field(() => String, { description: 'The value, as JSON.' })
  value: string;

  @Field(() => DayScalar, { description: 'The first day on which it is in force.' })
  from: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which another value takes over.' })
  to: CivilDate | null;

  @Field(() => String, { description: 'The order that says so; a default says that it is one.' })
  citation: string;
}

export const SettingResult = resultUnion(Setting, 'Setting', staff);
export const SettingConnection = connectionOf(Setting, 'Setting');

@InputType({ description: 'Changes a setting from a day on.' })
export class ChangeSettingInput extends KeyedInput {
  @Field(() => String, { description: 'The setting.' })
  @Matches(/^[a-z_]{2,40}(\.[a-z_]{2,40}){1,3}$/)
  name: string;

  @Field(() => String, { description: 'The new value, as JSON, written like the one in force.' })
  @IsText(2000)
  value: string;

  @Field(() => DayScalar, { description: 'The first day on which it is in force: today or later.' })
  @IsDefined()
  from: CivilDate;

  @Field(() => String, { description: 'The order that says so: its number and date.' })
  @IsText(300)
  citation: string;
}
