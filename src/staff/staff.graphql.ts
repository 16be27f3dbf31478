import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsDefined, IsEnum, IsOptional, IsString, MaxLength, Matches, MinLength } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { ROLES } from '../platform/auth/roles.js';
import type { Role } from '../platform/auth/roles.js';
import { connectionOf } from '../platform/graphql/connection.js';
import { IsPhone, IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar, MomentScalar } from '../platform/graphql/scalars.js';
import { ACCOUNT_STATES } from './account.entity.js';
import type { AccountState } from './account.entity.js';
import { MOST_CHARACTERS } from './password.domain.js';
import { staff } from './staff.messages.js';

const upper = <T extends string>(values: readonly T[]): Readonly<Record<string, T>> => Object.fromEntries(values.map((value) => [value.toUpperCase(), value]));

/** Roles as GraphQL names them: `SOCIAL_WORKER`. */
export const RoleEnum = upper(ROLES);
registerEnumType(RoleEnum, { name: 'Role', description: 'Who somebody is in the register, by posting.' });

/** States of an account as GraphQL names them. */
export const StateEnum = upper(ACCOUNT_STATES);
registerEnumType(StateEnum, { name: 'StaffAccountState', description: 'Invited, active or closed.' });

const LanguageEnum = upper(['km', 'en'] as const);
registerEnumType(LanguageEnum, { name: 'StaffLanguage', description: 'The language in which the register writes to somebody.' });

@ObjectType({ description: 'A colleague, by name.' })
export class StaffName {
  @Field(() => IdScalar, { description: 'Her account.' })
  id: string;

  @Field(() => String, { nullable: true, description: 'Name in Khmer.' })
  nameKm: string | null;

  @Field(() => String, { description: 'Name in Latin letters.' })
  nameLatin: string;
}

@ObjectType({ description: 'One role of one person at one place, for a range of days. Her rights are the union of the postings that count today.' })
export class StaffPosting {
  @Field(() => IdScalar, { description: 'The posting.' })
  id: string;

  @Field(() => RoleEnum, { description: 'The role.' })
  role: Role;

  @Field(() => IdScalar, { nullable: true, description: 'The office she is posted to.' })
  officeId: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The institution she is posted to.' })
  institutionId: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the office or institution in Khmer.' })
  placeNameKm: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the office or institution in Latin letters.' })
  placeNameLatin: string | null;

  @Field(() => DayScalar, { description: 'The first day.' })
  from: string;

  @Field(() => DayScalar, { nullable: true, description: 'The first day without it.' })
  to: string | null;

  @Field(() => Boolean, { description: 'Taken back before a whole day had counted.' })
  withdrawn: boolean;
}

@ObjectType({ description: 'The link of an account to a person of the external issuer, whose access tokens count as hers.' })
export class ExternalSignIn {
  @Field(() => String, { description: 'The issuer, as its tokens name it.' })
  issuer: string;

  @Field(() => String, { description: 'The person there, as its tokens name her: `sub`.' })
  subject: string;

  @Field(() => MomentScalar, { description: 'When it was linked.' })
  linkedAt: Date;
}

@ObjectType({ description: 'Somebody who may sign in, as an administrator sees her.' })
export class StaffAccount {
  @Field(() => IdScalar, { description: 'The account.' })
  id: string;

  @Field(() => String, { description: 'Sign-in name.' })
  login: string;

  @Field(() => String, { nullable: true, description: 'Name in Khmer.' })
  nameKm: string | null;

  @Field(() => String, { description: 'Name in Latin letters.' })
  nameLatin: string;

  @Field(() => String, { nullable: true, description: 'Telephone number.' })
  phone: string | null;

  @Field(() => LanguageEnum, { description: 'The language in which the register writes to her.' })
  language: 'km' | 'en';

  @Field(() => StateEnum, { description: 'Invited, active or closed.' })
  state: AccountState;

  @Field(() => MomentScalar, { description: 'When she was invited.' })
  invitedAt: Date;

  @Field(() => MomentScalar, { nullable: true, description: 'Until when her open one-time link is good.' })
  linkExpiresAt: Date | null;

  @Field(() => MomentScalar, { nullable: true, description: 'Since when one-time codes are asked for at her sign-in.' })
  secondFactorSince: Date | null;
}

@ObjectType({ description: 'The signed-in person.' })
export class Me {
  @Field(() => IdScalar, { description: 'Her account.' })
  id: string;
}

@ObjectType({ description: 'One sign-in on one device, until it ends.' })
export class StaffSession {
  @Field(() => IdScalar, { description: 'The session.' })
  id: string;

  @Field(() => String, { description: 'The device, as its client called itself.' })
  client: string;

  @Field(() => MomentScalar, { description: 'When she signed in.' })
  beganAt: Date;

  @Field(() => MomentScalar, { description: 'When its token was last refreshed.' })
  usedAt: Date;

  @Field(() => MomentScalar, { nullable: true, description: 'When it ended.' })
  endedAt: Date | null;

  @Field(() => Boolean, { description: 'Is it the one that asks?' })
  current: boolean;
}

@ObjectType({ description: 'What a signed-in client keeps: an access token for a quarter of an hour, and a refresh token that is good once.' })
export class SignedIn {
  @Field(() => String, { description: 'Sent as `Authorization: Bearer ...`.' })
  accessToken: string;

  @Field(() => Int, { description: 'Seconds the access token is good for.' })
  expiresInSeconds: number;

  @Field(() => String, { description: 'For `refresh`, within 30 days, once.' })
  refreshToken: string;

  @Field(() => Me, { description: 'Who is signed in.' })
  me: Me;
}

@ObjectType({ description: 'A one-time link that was made.' })
export class IssuedLink {
  @Field(() => StaffAccount, { description: 'For whom.' })
  account: StaffAccount;

  @Field(() => String, { nullable: true, description: 'The link, shown this once: hand it to the person herself. Null when the same request is sent again; issue a new one then.' })
  link: string | null;
}

@ObjectType({ description: 'A password was set.' })
export class PasswordSet {
  @Field(() => String, { description: 'The sign-in name that goes with it.' })
  login: string;
}

export const StaffAccountResult = resultUnion(StaffAccount, 'StaffAccount', staff);
export const StaffPostingResult = resultUnion(StaffPosting, 'StaffPosting', staff);
export const StaffSessionResult = resultUnion(StaffSession, 'StaffSession', staff);
export const SignedInResult = resultUnion(SignedIn, 'SignedIn', staff);
export const IssuedLinkResult = resultUnion(IssuedLink, 'IssuedLink', staff);
export const PasswordSetResult = resultUnion(PasswordSet, 'PasswordSet', staff);
export const StaffAccountConnection = connectionOf(StaffAccount, 'StaffAccount');

@InputType({ description: 'A sign-in.' })
export class SignInInput {
  @Field(() => String, { description: 'Sign-in name.' })
  @IsString()
  @MaxLength(60)
  login: string;

  @Field(() => String, { description: 'Password.' })
  @IsString()
  @MaxLength(MOST_CHARACTERS)
  password: string;

  @Field(() => String, { nullable: true, description: 'The six digits of her authenticator, or a recovery code, where she has set up one-time codes.' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  code?: string | null;

  @Field(() => String, { nullable: true, description: 'What the client calls this device, so that its owner knows it again in her sessions.' })
  @IsOptional()
  @IsText(80)
  client?: string | null;
}

@InputType({ description: 'A refresh.' })
export class RefreshInput {
  @Field(() => String, { description: 'The refresh token of the last answer.' })
  @IsString()
  @MaxLength(100)
  refreshToken: string;
}

@InputType({ description: 'A password set by a one-time link.' })
export class LinkPasswordInput {
  @Field(() => String, { description: 'What follows the "=" in the link.' })
  @IsString()
  @MaxLength(100)
  token: string;

  @Field(() => String, { description: 'The new password: at least ten characters.' })
  @IsString()
  @MaxLength(MOST_CHARACTERS)
  password: string;
}

@InputType({ description: 'A password changed by its owner.' })
export class ChangePasswordInput extends KeyedInput {
  @Field(() => String, { description: 'The present password.' })
  @IsString()
  @MaxLength(MOST_CHARACTERS)
  present: string;

  @Field(() => String, { description: 'The new password: at least ten characters.' })
  @IsString()
  @MaxLength(MOST_CHARACTERS)
  password: string;
}

@InputType({ description: 'A sign-out.' })
export class SignOutInput extends KeyedInput {}

@InputType({ description: 'The end of one of the own sessions, for a lost phone.' })
export class RevokeSessionInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The session.' })
  @IsString()
  sessionId: string;
}

@InputType({ description: 'An invitation.' })
export class InviteAccountInput extends KeyedInput {
  @Field(() => String, { description: 'Sign-in name: 3 to 60 small letters, digits, ".", "-" or "_".' })
  @Matches(/^[a-z0-9][a-z0-9._-]{2,59}$/)
  @MinLength(3)
  @MaxLength(60)
  login: string;

  @Field(() => String, { nullable: true, description: 'Name in Khmer.' })
  @IsOptional()
  @IsText(100)
  nameKm?: string | null;

  @Field(() => String, { description: 'Name in Latin letters.' })
  @IsText(100)
  nameLatin: string;

  @Field(() => String, { nullable: true, description: 'Telephone number.' })
  @IsOptional()
  @IsPhone()
  phone?: string | null;

  @Field(() => LanguageEnum, { defaultValue: 'km', description: 'The language in which the register writes to her.' })
  @IsEnum(LanguageEnum)
  language: 'km' | 'en' = 'km';
}

@InputType({ description: 'A new one-time link for an account.' })
export class IssueResetLinkInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The account.' })
  @IsString()
  accountId: string;
}

@InputType({ description: 'The closing of an account.' })
export class CloseAccountInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The account.' })
  @IsString()
  accountId: string;
}

@InputType({ description: 'An account linked to a person of the external issuer.' })
export class LinkSignInInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The account.' })
  @IsString()
  accountId: string;

  @Field(() => String, { description: 'The person, as the issuer names her in `sub`: never an e-mail address or a name, which change hands.' })
  @IsText(255)
  subject: string;
}

@InputType({ description: 'The end of the link to a person of the external issuer.' })
export class UnlinkSignInInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The account.' })
  @IsString()
  accountId: string;
}

@InputType({ isAbstract: true })
class PlacedInput extends KeyedInput {
  @Field(() => IdScalar, { nullable: true, description: 'The office, for a role that is posted to one.' })
  @IsOptional()
  @IsString()
  officeId?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The institution, for a para social worker.' })
  @IsOptional()
  @IsString()
  institutionId?: string | null;

  @Field(() => DayScalar, { description: 'The first day: today or later, at most a year ahead. From today means from the next request on.' })
  @IsDefined()
  from: CivilDate;
}

@InputType({ description: 'A posting.' })
export class SetPostingInput extends PlacedInput {
  @Field(() => IdScalar, { description: 'Whose.' })
  @IsString()
  accountId: string;

  @Field(() => RoleEnum, { description: 'The role.' })
  @IsEnum(RoleEnum)
  role: Role;

  @Field(() => DayScalar, { nullable: true, description: 'The first day without it, where it is known.' })
  @IsOptional()
  @IsString()
  to?: CivilDate | null;
}

@InputType({ description: 'A posting moved to another place.' })
export class MovePostingInput extends PlacedInput {
  @Field(() => IdScalar, { description: 'The posting.' })
  @IsString()
  postingId: string;
}

@InputType({ description: 'The end of a posting.' })
export class EndPostingInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The posting.' })
  @IsString()
  postingId: string;

  @Field(() => DayScalar, { description: 'The first day without it: today (from the next request on) or later.' })
  @IsDefined()
  on: CivilDate;
}
