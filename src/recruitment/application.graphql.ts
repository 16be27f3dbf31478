import { ArgsType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsDefined, IsEnum, IsInt, IsOptional, IsUUID, Matches, Max, Min, ValidateNested } from 'class-validator';
import { FamilyKind } from '../carers/family.graphql.js';
import { AdultInput } from '../carers/family.inputs.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { PageArgs, connectionOf } from '../platform/graphql/connection.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { recruitment } from './recruitment.refusals.js';

export enum ApplicationState {
  received = 'received',
  checking = 'checking',
  studying = 'studying',
  training = 'training',
  panel = 'panel',
  approved = 'approved',
  refused = 'refused',
  withdrawn = 'withdrawn',
}
registerEnumType(ApplicationState, { name: 'ApplicationState', description: 'Where an application stands.' });

@ObjectType({ description: 'A household\'s application to care for children.' })
export class Application {
  @Field(() => IdScalar, { description: 'The application.' })
  id: string;

  @Field(() => IdScalar, { description: 'The family that applies.' })
  familyId: string;

  @Field(() => DayScalar, { description: 'The day on which it was received.' })
  receivedOn: CivilDate;

  @Field(() => ApplicationState, { description: 'Where it stands.' })
  state: ApplicationState;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it was decided or withdrawn.' })
  endedOn: CivilDate | null;

  enquiryId: string | null;
  officeId: string;
}

export const ApplicationResult = resultUnion(Application, 'Application', recruitment);
export const ApplicationConnection = connectionOf(Application, 'Application');

@InputType({ description: 'Turns an enquiry into an application: the household and every adult in it.' })
export class ReceiveApplicationInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The enquiry.' })
  @IsUUID()
  enquiryId: string;

  @Field(() => DayScalar, { description: 'The day on which it was received: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => FamilyKind, { description: 'What the household applies to be.' })
  @IsEnum(FamilyKind)
  kind: FamilyKind;

  @Field(() => [AdultInput], { description: 'Every adult who lives in the home, at most 12.' })
  @ArrayMaxSize(12)
  @ValidateNested({ each: true })
  @Type(() => AdultInput)
  adults: AdultInput[];

  @Field(() => [String], { description: 'Languages spoken at home, ISO 639-3 (khm, cjm, jra, ...).' })
  @ArrayMaxSize(8)
  @ArrayUnique()
  @Matches(/^[a-z]{3}$/, { each: true })
  languages: string[];

  @Field(() => String, { nullable: true, description: 'Religion in the household\'s own words.' })
  @IsOptional()
  @IsText(60)
  religion?: string | null;

  @Field(() => Int, { defaultValue: 0, description: 'Own children living at home.' })
  @IsInt()
  @Min(0)
  @Max(20)
  ownChildren: number;
}

@ArgsType()
export class ApplicationsArgs extends PageArgs {
  @Field(() => ApplicationState, { nullable: true, description: 'Only applications that stand here.' })
  @IsOptional()
  @IsEnum(ApplicationState)
  state?: ApplicationState | null;
}
