import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { nameKeys } from '../kernel/khmer.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import type { EnquiryState } from './enquiry.domain.js';
import { EnquiryEntity, FollowUpEntity } from './enquiry.entity.js';

export interface LockedEnquiry {
  readonly id: string;
  readonly area_code: string;
  readonly office_id: string;
  readonly received_on: CivilDate;
  readonly state: EnquiryState;
  readonly phone: string | null;
  readonly worker_id: string;
  readonly next_on: CivilDate | null;
  readonly duplicate_of: string | null;
}

const LOCKED = 'id, area_code, office_id, received_on, state, phone, worker_id, next_on, duplicate_of';

/** Locks an enquiry of the actor's offices and reads what a decision about it needs. */
export async function lockEnquiry(op: Op, id: string): Promise<LockedEnquiry | undefined> {
  return op.tx.row<LockedEnquiry>(`select ${LOCKED} from recruitment.enquiries where id = $1 for no key update`, [id]);
}

/** Locks several, in the order of their ids. */
export async function lockEnquiries(op: Op, ids: readonly string[]): Promise<LockedEnquiry[]> {
  return op.tx.rows<LockedEnquiry>(`select ${LOCKED} from recruitment.enquiries where id = any ($1::uuid[]) order by id for no key update`, [ids]);
}

/** Were other enquiries linked to this one? */
export async function isOriginal(op: Op, id: string): Promise<boolean> {
  return (await op.tx.row('select from recruitment.enquiries where duplicate_of = $1 limit 1', [id])) !== undefined;
}

/** Links an enquiry to another, or takes the link back. A link from or to a linked one is refused by the database too. */
export async function setOriginal(op: Op, id: string, originalId: string | null): Promise<void> {
  await refuseWhenBroken(op.tx.run('update recruitment.enquiries set duplicate_of = $2, version = version + 1 where id = $1', [id, originalId]), {
    enquiries_duplicate_of_first: 'LINK_TO_FIRST',
  });
}

/** Writes an enquiry, and under what it is found. */
export async function insertEnquiry(op: Op, enquiry: Omit<EnquiryEntity, 'version' | 'state' | 'duplicateOf'>): Promise<void> {
  await op.tx.insert(EnquiryEntity, { ...enquiry, state: 'new', version: 1 });
  op.tx.keyed.later('insert into recruitment.enquiry_keys (enquiry_id, key) select $1, unnest($2::text[])', [enquiry.id, nameKeys(enquiry.nameKm, enquiry.nameLatin)]);
}

export async function insertFollowUp(op: Op, followUp: Omit<FollowUpEntity, 'id'>): Promise<void> {
  await op.tx.insert(FollowUpEntity, { id: newId(), ...followUp });
}

export async function moveEnquiry(op: Op, id: string, state: EnquiryState, nextOn: CivilDate | null): Promise<void> {
  await op.tx.run(`update recruitment.enquiries set state = $2, next_on = $3, version = version + 1 where id = $1`, [id, state, nextOn]);
}

export async function giveEnquiry(op: Op, id: string, workerId: string): Promise<void> {
  await op.tx.run(`update recruitment.enquiries set worker_id = $2, version = version + 1 where id = $1`, [id, workerId]);
}
