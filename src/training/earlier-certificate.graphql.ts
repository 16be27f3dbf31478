import { Field, InputType } from '@nestjs/graphql';
import { IsDefined, IsOptional, IsUUID } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';

@InputType({ description: 'Records a certificate from before the register, from its paper: of an adult of a family, or of a colleague; exactly one of them.' })
export class RecordEarlierCertificateInput extends KeyedInput {
  @Field(() => IdScalar, { nullable: true, description: 'The adult of a family who holds it.' })
  @IsOptional()
  @IsUUID()
  adultId?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The colleague who holds it.' })
  @IsOptional()
  @IsUUID()
  accountId?: string | null;

  @Field(() => IdScalar, { description: 'The course that it counts as.' })
  @IsUUID()
  courseId: string;

  @Field(() => String, { description: 'The number on the paper, as it is printed.' })
  @IsText(60)
  paperNumber: string;

  @Field(() => String, { description: 'Who gave it out: an organisation, never a person.' })
  @IsText(120)
  issuer: string;

  @Field(() => DayScalar, { description: 'From which day it holds: not ahead.' })
  @IsDefined()
  from: CivilDate;

  @Field(() => DayScalar, { description: 'The day on which it no longer holds.' })
  @IsDefined()
  to: CivilDate;

  @Field(() => IdScalar, { nullable: true, description: 'A photo of the paper, sent in before by `POST /documents`: asked for of a carer\'s, and kept in her family\'s file; a colleague has no such file.' })
  @IsOptional()
  @IsUUID()
  documentId?: string | null;
}
