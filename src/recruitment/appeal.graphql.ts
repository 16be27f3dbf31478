import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsDefined, IsEnum, IsOptional, IsUUID } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';

export enum AppealOutcome {
  upheld = 'upheld',
  dismissed = 'dismissed',
}
registerEnumType(AppealOutcome, { name: 'AppealOutcome', description: 'What came of an appeal.' });

@ObjectType({ description: 'A household\'s appeal against a refusal.' })
export class ApplicationAppeal {
  @Field(() => IdScalar, { description: 'The appeal.' })
  id: string;

  @Field(() => IdScalar, { nullable: true, description: 'The adult of the home who appealed; null for the household as a whole.' })
  adultId: string | null;

  @Field(() => DayScalar, { description: 'The day on which it was made.' })
  on: CivilDate;

  @Field(() => String, { description: 'The household\'s reasons.' })
  reason: string;

  @Field(() => AppealOutcome, { nullable: true, description: 'What came of it; null while it waits.' })
  outcome: AppealOutcome | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it was decided.' })
  decidedOn: CivilDate | null;

  @Field(() => String, { nullable: true, description: 'The reasons of that decision.' })
  decision: string | null;
}

@InputType({ description: 'Records that a household appeals against its refusal.' })
export class AppealRefusalInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The application.' })
  @IsUUID()
  applicationId: string;

  @Field(() => IdScalar, { nullable: true, description: 'The adult of the home who appeals; left out for the household as a whole.' })
  @IsOptional()
  @IsUUID()
  adultId?: string | null;

  @Field(() => DayScalar, { description: 'The day on which it was made: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { description: 'The household\'s reasons, at most 2,000 characters.' })
  @IsText(2000)
  reason: string;
}

@InputType({ description: 'Decides an appeal. Upheld, the application is open again, and another panel may meet.' })
export class DecideAppealInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The application.' })
  @IsUUID()
  applicationId: string;

  @Field(() => DayScalar, { description: 'The day of the decision: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => AppealOutcome, { description: 'Upheld or dismissed.' })
  @IsEnum(AppealOutcome)
  outcome: AppealOutcome;

  @Field(() => String, { description: 'The reasons, at most 2,000 characters; the household may read them.' })
  @IsText(2000)
  reason: string;
}

@InputType({ description: 'Records a supervisor\'s talk with a household about why it applies: a wish to adopt, a need of labour, or debt.' })
export class RecordMotiveTalkInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The application.' })
  @IsUUID()
  applicationId: string;

  @Field(() => DayScalar, { description: 'The day of the talk: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { nullable: true, description: 'A note, at most 2,000 characters.' })
  @IsOptional()
  @IsText(2000)
  note?: string | null;
}
