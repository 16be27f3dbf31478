import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsDefined, IsEnum, IsOptional, IsUUID } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { AgreementParty, SignedHow } from './placement.enums.js';

registerEnumType(AgreementParty, { name: 'AgreementParty', description: 'For whom a signature stands.' });
registerEnumType(SignedHow, { name: 'SignedHow', description: 'How an agreement was signed.' });

@ObjectType({ description: 'A signature or thumbprint under the agreement.' })
export class Agreement {
  @Field(() => IdScalar, { description: 'The signature.' })
  id: string;

  @Field(() => AgreementParty, { description: 'For whom it stands.' })
  party: AgreementParty;

  @Field(() => String, { description: 'Who signed.' })
  signer: string;

  @Field(() => SignedHow, { description: 'Signed or by thumbprint.' })
  how: SignedHow;

  @Field(() => DayScalar, { description: 'The day.' })
  on: CivilDate;

  documentId: string | null;
}

@InputType({ description: 'Records a signature or thumbprint under the agreement.' })
export class SignAgreementInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The placement.' })
  @IsUUID()
  placementId: string;

  @Field(() => AgreementParty, { description: 'For whom it stands.' })
  @IsEnum(AgreementParty)
  party: AgreementParty;

  @Field(() => String, { description: 'Who signed.' })
  @IsText(120)
  signer: string;

  @Field(() => SignedHow, { description: 'Signed or by thumbprint.' })
  @IsEnum(SignedHow)
  how: SignedHow;

  @Field(() => DayScalar, { description: 'The day: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => IdScalar, { nullable: true, description: 'The photo of the page, sent in before by `POST /documents`; one page may show several signatures. It may follow within 14 days.' })
  @IsOptional()
  @IsUUID()
  documentId?: string | null;
}

@InputType({ description: 'Keeps the photo of a signed page: the signatures that were on none are to be seen on it.' })
export class AttachAgreementPageInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The placement.' })
  @IsUUID()
  placementId: string;

  @Field(() => IdScalar, { description: 'The photo, sent in before by `POST /documents`.' })
  @IsUUID()
  documentId: string;
}
