import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsBoolean, IsDefined, IsEnum, IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min, ValidateNested } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { Sex } from '../platform/graphql/enums.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';

export enum CheckKind {
  identity = 'identity',
  criminal_record = 'criminal_record',
  health = 'health',
  no_violence = 'no_violence',
}
registerEnumType(CheckKind, { name: 'CheckKind', description: 'What is looked into for every adult of the home.' });

export enum CheckOutcome {
  clear = 'clear',
  concern = 'concern',
}
registerEnumType(CheckOutcome, { name: 'CheckOutcome', description: 'What a check showed.' });

export enum SignatureParty {
  village_chief = 'village_chief',
  commune = 'commune',
  police = 'police',
  neighbour = 'neighbour',
}
registerEnumType(SignatureParty, { name: 'SignatureParty', description: 'Who signs for a household.' });

export enum SignatureHow {
  signed = 'signed',
  thumbprint = 'thumbprint',
}
registerEnumType(SignatureHow, { name: 'SignatureHow', description: 'Signed by hand or by thumbprint.' });

/** Sections of the home study of form HS-1, with which the register begins; the form of a day is a setting. */
export const STUDY_SECTIONS = ['home', 'relationships', 'parenting', 'health', 'money', 'own_children', 'community', 'motive'] as const;

@InputType({ description: 'Records a check on one adult of the home.' })
export class RecordCheckInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The application.' })
  @IsUUID()
  applicationId: string;

  @Field(() => IdScalar, { description: 'The adult.' })
  @IsUUID()
  adultId: string;

  @Field(() => CheckKind, { description: 'What was looked into.' })
  @IsEnum(CheckKind)
  kind: CheckKind;

  @Field(() => CheckOutcome, { description: 'What it showed.' })
  @IsEnum(CheckOutcome)
  outcome: CheckOutcome;

  @Field(() => DayScalar, { description: 'The day of the check: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => DayScalar, { description: 'The day from which it no longer holds.' })
  @IsDefined()
  validUntil: CivilDate;

  @Field(() => IdScalar, { nullable: true, description: 'A photo of the paper, sent in before by `POST /documents`; it may follow by `attachCheckDocument`.' })
  @IsOptional()
  @IsUUID()
  documentId?: string | null;
}

@InputType({ description: 'Records that somebody signed for the household.' })
export class RecordSignatureInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The application.' })
  @IsUUID()
  applicationId: string;

  @Field(() => SignatureParty, { description: 'Who signed.' })
  @IsEnum(SignatureParty)
  party: SignatureParty;

  @Field(() => SignatureHow, { description: 'How.' })
  @IsEnum(SignatureHow)
  how: SignatureHow;

  @Field(() => DayScalar, { description: 'When: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { nullable: true, description: 'A neighbour\'s reference in a few words, at most 1,000 characters.' })
  @IsOptional()
  @IsText(1000)
  note?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'A photo of the signed page, sent in before by `POST /documents`.' })
  @IsOptional()
  @IsUUID()
  documentId?: string | null;
}

export enum Motive {
  wish_to_adopt = 'wish_to_adopt',
  need_of_labour = 'need_of_labour',
  debt = 'debt',
}
registerEnumType(Motive, { name: 'Motive', description: 'Why a household applies, where that asks for a talk: the register finds carers, never adopters, and nobody to work.' });

@InputType({ description: 'One section of a home study.' })
export class StudyScoreInput {
  @Field(() => String, { description: `A section of the form of its day; of HS-1: ${STUDY_SECTIONS.join(', ')}.` })
  @Matches(/^[a-z][a-z_]{1,39}$/)
  section: string;

  @Field(() => Int, { description: 'In the form\'s range; of HS-1: 1 weak, 2 fair, 3 good, 4 very good.' })
  @IsInt()
  @Min(0)
  @Max(1000)
  score: number;
}

@InputType({ description: 'Records a home study.' })
export class RecordHomeStudyInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The application.' })
  @IsUUID()
  applicationId: string;

  @Field(() => DayScalar, { description: 'The day of the last visit: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => [StudyScoreInput], { description: 'Every section of the form of that day (setting `recruitment.home_study_form`), once.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(40)
  @ArrayUnique((score: StudyScoreInput) => score.section)
  @ValidateNested({ each: true })
  @Type(() => StudyScoreInput)
  scores: StudyScoreInput[];

  @Field(() => Boolean, { description: 'Does the worker recommend the household?' })
  @IsBoolean()
  recommended: boolean;

  @Field(() => [Motive], { defaultValue: [], description: 'Motives that a supervisor talks about with the household before a panel may decide.' })
  @ArrayUnique()
  @IsEnum(Motive, { each: true })
  motives: Motive[];

  @Field(() => Boolean, { defaultValue: false, description: 'Is that talk needed for another reason? Was a wish to adopt, a need of labour or debt heard as a motive? Then the supervisor talks with the household before the panel.' })
  @IsBoolean()
  motiveTalkNeeded: boolean;

  @Field(() => String, { nullable: true, description: 'A note, at most 4,000 characters.' })
  @IsOptional()
  @IsText(4000)
  note?: string | null;
}

@InputType({ description: 'Brings an application before the panel.' })
export class PresentToPanelInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The application.' })
  @IsUUID()
  applicationId: string;

  @Field(() => DayScalar, { description: 'The day on which the panel met: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => [IdScalar], { description: 'Accounts of its three members, one of them from outside the family\'s office.' })
  @ArrayMinSize(3)
  @ArrayMaxSize(3)
  @IsUUID(undefined, { each: true })
  members: string[];
}

@InputType({ description: 'What a family is approved for.' })
export class TermsInput {
  @Field(() => Int, { description: 'How many children at once.' })
  @IsInt()
  @Min(1)
  @Max(12)
  places: number;

  @Field(() => Int, { description: 'The youngest age in whole years.' })
  @IsInt()
  @Min(0)
  @Max(20)
  youngest: number;

  @Field(() => Int, { description: 'The oldest age in whole years.' })
  @IsInt()
  @Min(0)
  @Max(20)
  oldest: number;

  @Field(() => [Sex], { description: 'Girls, boys or both.' })
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsEnum(Sex, { each: true })
  sexes: Sex[];

  @Field(() => [String], { description: 'Needs the family can meet, as codes.' })
  @ArrayMaxSize(30)
  @ArrayUnique()
  @Matches(/^[a-z_]{2,40}$/, { each: true })
  needs: string[];

  @Field(() => [String], { description: 'foster, kinship, family_house, emergency, respite.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(5)
  @ArrayUnique()
  @IsIn(['foster', 'kinship', 'family_house', 'emergency', 'respite'], { each: true })
  careKinds: string[];
}

@InputType({ description: 'Approves the family of an application, with terms. A supervisor\'s decision after the panel.' })
export class ApproveFamilyInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The application.' })
  @IsUUID()
  applicationId: string;

  @Field(() => DayScalar, { description: 'The day of the decision: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => TermsInput, { description: 'What it is approved for.' })
  @IsDefined()
  @ValidateNested()
  @Type(() => TermsInput)
  terms: TermsInput;

  @Field(() => String, { description: 'The panel\'s reasons, at most 2,000 characters.' })
  @IsText(2000)
  reason: string;
}

@InputType({ description: 'Refuses the family of an application. A supervisor\'s decision after the panel, with its reasons.' })
export class RefuseFamilyInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The application.' })
  @IsUUID()
  applicationId: string;

  @Field(() => DayScalar, { description: 'The day of the decision: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { description: 'The panel\'s reasons, at most 2,000 characters; the household may read them and appeal.' })
  @IsText(2000)
  reason: string;
}

@InputType({ description: 'Dissolves a panel that met, so that another one may.' })
export class DissolvePanelInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The application.' })
  @IsUUID()
  applicationId: string;

  @Field(() => DayScalar, { description: 'The day: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { description: 'Why, at most 2,000 characters.' })
  @IsText(2000)
  reason: string;
}

@InputType({ description: 'Records that the household takes its application back.' })
export class WithdrawApplicationInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The application.' })
  @IsUUID()
  applicationId: string;

  @Field(() => DayScalar, { description: 'The day: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;
}

@ObjectType({ description: 'Where the dossier of an application stands: what the panel still waits for.' })
export class DossierView {
  @Field(() => [String], { description: 'What is missing: `checks:2` adults, `signature:police`, `neighbours:1` references, `home_study`, `certificate:1` carers; empty when the panel may meet.' })
  missing: string[];
}
