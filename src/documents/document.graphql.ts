import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsUUID } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar, MomentScalar } from '../platform/graphql/scalars.js';
import { documents } from './documents.refusals.js';
import type { DocumentRow } from './documents.queries.js';

export enum WithdrawalReason {
  wrong_person = 'wrong_person',
  wrong_document = 'wrong_document',
  unreadable = 'unreadable',
  no_consent = 'no_consent',
}
registerEnumType(WithdrawalReason, { name: 'DocumentWithdrawalReason', description: 'Why a document is wrong.' });

@ObjectType({ description: 'A document: a photo of a signed page, a paper, a picture of a home. It is sent in by `POST /documents` and opened by `openDocument`.' })
export class Document {
  @Field(() => IdScalar, { description: 'The document.' })
  id: string;

  @Field(() => String, { nullable: true, description: 'What it is attached to: `agreement`, `check`, `signature` or `visit`; null while it waits.' })
  kind: string | null;

  @Field(() => String, { description: 'What kind of file it is: `image/jpeg`, `image/png`, `image/webp` or `application/pdf`.' })
  mediaType: string;

  @Field(() => Int, { description: 'Its size in bytes, cleaned.' })
  bytes: number;

  @Field(() => MomentScalar, { description: 'When it came in.' })
  uploadedAt: Date;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which a supervisor marked it as wrong.' })
  withdrawnOn: CivilDate | null;

  @Field(() => WithdrawalReason, { nullable: true, description: 'Why it is wrong.' })
  withdrawnWhy: WithdrawalReason | null;

  row: DocumentRow;
}

@ObjectType({ description: 'What opens one document for a short time, in this session alone.' })
export class DocumentLink {
  @Field(() => String, { description: 'Where it is, at the register\'s own address. Ask with the same access token or a later one of the same session; alone it opens nothing.' })
  path: string;

  @Field(() => MomentScalar, { description: 'Until when.' })
  until: Date;

  @Field(() => String, { description: 'What kind of file comes.' })
  mediaType: string;
}

export const DocumentResult = resultUnion(Document, 'Document', documents);

@InputType({ description: 'Marks a wrong document as withdrawn. It stays with its file and is opened by supervisors alone.' })
export class WithdrawDocumentInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The document.' })
  @IsUUID()
  documentId: string;

  @Field(() => WithdrawalReason, { description: 'Why.' })
  @IsEnum(WithdrawalReason)
  reason: WithdrawalReason;
}

/** A row as the door shows it. */
export function toDocument(row: DocumentRow): Document {
  return {
    id: row.id, kind: row.subject_kind, mediaType: row.media_type, bytes: row.bytes, uploadedAt: row.uploaded_at, withdrawnOn: row.withdrawn_on,
    withdrawnWhy: row.reason as WithdrawalReason | null, row,
  };
}
