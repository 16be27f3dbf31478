import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { MOST_CHARACTERS } from './password.domain.js';
import { Me } from './staff.graphql.js';
import { staff } from './staff.messages.js';

/** Where a person stands with one-time codes, as GraphQL names it. */
export const SecondFactorEnum = { NONE: 'none', REQUIRED: 'required', SET: 'set' } as const;
export type SecondFactorState = (typeof SecondFactorEnum)[keyof typeof SecondFactorEnum];
registerEnumType(SecondFactorEnum, {
  name: 'SecondFactorState',
  description: 'Where a person stands with one-time codes.',
  valuesMap: {
    NONE: { description: 'She has none, and her roles ask for none here.' },
    REQUIRED: { description: 'Her roles ask for them and she has none: nothing else is allowed before startSecondFactor and confirmSecondFactor.' },
    SET: { description: 'A code is asked for at sign-in.' },
  },
});

@ObjectType({ description: 'A new secret for an authenticator, which counts once confirmSecondFactor has had its first code.' })
export class SecondFactorStarted {
  @Field(() => String, { nullable: true, description: 'The secret to type into the authenticator, shown this once. Null when the same request is sent again; start anew then.' })
  secret: string | null;

  @Field(() => String, { nullable: true, description: 'The same as an otpauth address, for a picture to scan. Shown this once.' })
  uri: string | null;
}

@ObjectType({ description: 'One-time codes are asked for from now on.' })
export class SecondFactorSet {
  @Field(() => [String], { nullable: true, description: 'Ten recovery codes, each good once in place of a code: to be kept on paper. Shown this once; start anew where they are lost.' })
  recoveryCodes: readonly string[] | null;

  @Field(() => Me, { description: 'Who is signed in.' })
  me: Me;
}

export const SecondFactorStartedResult = resultUnion(SecondFactorStarted, 'SecondFactorStarted', staff);
export const SecondFactorSetResult = resultUnion(SecondFactorSet, 'SecondFactorSet', staff);

@InputType({ description: 'The beginning of one-time codes.' })
export class StartSecondFactorInput extends KeyedInput {
  @Field(() => String, { description: 'The present password.' })
  @IsString()
  @MaxLength(MOST_CHARACTERS)
  password: string;

  @Field(() => String, { nullable: true, description: 'A code or a recovery code of before, where she has them already.' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  code?: string | null;
}

@InputType({ description: 'The first code of a new authenticator.' })
export class ConfirmSecondFactorInput extends KeyedInput {
  @Field(() => String, { description: 'The six digits that it shows now.' })
  @IsString()
  @MaxLength(40)
  code: string;
}

@InputType({ description: 'The end of somebody\'s one-time codes, for a lost telephone.' })
export class ResetSecondFactorInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The account.' })
  @IsString()
  accountId: string;
}
