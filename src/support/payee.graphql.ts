import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsInt, IsOptional, IsUUID, Matches, Min } from 'class-validator';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { support } from './support.refusals.js';

export enum PayeeMethod {
  bank = 'bank',
  cash = 'cash',
}
registerEnumType(PayeeMethod, { name: 'PayeeMethod', description: 'How a payee is paid.' });

@ObjectType({ description: 'To whom the money of a family, or of a child at home, is paid.' })
export class Payee {
  @Field(() => IdScalar, { description: 'The payee.' })
  id: string;

  @Field(() => String, { description: 'The name as printed.' })
  name: string;

  @Field(() => PayeeMethod, { description: 'How she is paid.' })
  method: PayeeMethod;

  @Field(() => String, { nullable: true, description: 'The last four digits of the account; the whole number is in the bank file only.' })
  accountEnding: string | null;
}

export const PayeeResult = resultUnion(Payee, 'Payee', support);

@InputType({ description: 'Says to whom a family\'s money, or that of a child at home, is paid from now on. Name one of the two.' })
export class SetPayeeInput extends KeyedInput {
  @Field(() => IdScalar, { nullable: true, description: 'The family.' })
  @IsOptional()
  @IsUUID()
  familyId?: string | null;

  @Field(() => Int, { nullable: true, description: 'The number of a child who lives at home.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  childNumber?: number | null;

  @Field(() => String, { description: 'The name as printed, at most 140 characters.' })
  @IsText(140)
  name: string;

  @Field(() => PayeeMethod, { description: 'How she is paid.' })
  @IsEnum(PayeeMethod)
  method: PayeeMethod;

  @Field(() => String, { nullable: true, description: 'Account number, 6 to 34 digits or letters; with a bank account only.' })
  @IsOptional()
  @Matches(/^[0-9A-Z]{6,34}$/)
  accountNumber?: string | null;
}
