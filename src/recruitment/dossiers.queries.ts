import { documentsOf } from '../documents/documents.queries.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';
import type { CheckKind, CheckOutcome, Motive, SignatureHow, SignatureParty } from './approval.graphql.js';

export interface CheckRow {
  readonly id: string;
  readonly family_id: string;
  readonly office_id: string;
  readonly adult_id: string;
  readonly kind: CheckKind;
  readonly outcome: CheckOutcome;
  readonly done_on: CivilDate;
  readonly valid_until: CivilDate;
}

const CHECK = 'id, family_id, office_id, adult_id, kind, outcome, done_on, valid_until';
/** At most so many of each are told of one household. */
export const MOST_CHECKS = 50;
export const MOST_SIGNATURES = 13;
export const MOST_STUDIES = 10;

/** Checks by id, of the caller's offices. */
export const checkById = defineLoader<CheckRow>('check', async (op, ids) =>
  inOrder(ids, await op.tx.rows<CheckRow>(`select ${CHECK} from recruitment.checks where id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** The checks of families, the latest first. */
export const checksOfFamily = defineLoader<CheckRow[]>('checksOfFamily', async (op, ids) => {
  const rows = await op.tx.rows<CheckRow>(
    `select c.* from unnest($1::uuid[]) as f (id) cross join lateral
       (select ${CHECK} from recruitment.checks where family_id = f.id order by done_on desc, id desc limit ${MOST_CHECKS}) c`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.family_id === id));
});

export interface SignatureRow {
  readonly id: string;
  readonly application_id: string;
  readonly party: SignatureParty;
  readonly how: SignatureHow;
  readonly signed_on: CivilDate;
  readonly note: string | null;
}

/** Who signed for households, in the order of the days. */
export const signaturesOf = defineLoader<SignatureRow[]>('householdSignatures', async (op, ids) => {
  const rows = await op.tx.rows<SignatureRow>(
    'select id, application_id, party, how, signed_on, note from recruitment.signatures where application_id = any ($1::uuid[]) order by signed_on, id',
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.application_id === id));
});

export interface StudyRow {
  readonly id: string;
  readonly application_id: string;
  readonly form: string;
  readonly done_on: CivilDate;
  readonly scores: Record<string, number>;
  readonly recommended: boolean;
  readonly motives: Motive[];
  readonly motive_talk_needed: boolean;
}

/** Home studies of applications, the latest first. */
export const studiesOf = defineLoader<StudyRow[]>('homeStudies', async (op, ids) => {
  const rows = await op.tx.rows<StudyRow>(
    `select id, application_id, form, done_on, scores, recommended, motives, motive_talk_needed from recruitment.home_studies
     where application_id = any ($1::uuid[]) order by done_on desc, id desc`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.application_id === id).slice(0, MOST_STUDIES));
});

/** The papers of checks, and the signed pages. */
export const documentsOfCheck = documentsOf('check');
export const documentsOfSignature = documentsOf('signature');
