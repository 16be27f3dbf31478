import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
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
}

/** Locks an enquiry of the actor's offices and reads what a decision about it needs. */
export async function lockEnquiry(op: Op, id: string): Promise<LockedEnquiry | undefined> {
  return op.tx.row<LockedEnquiry>(`select id, area_code, office_id, received_on, state, phone, worker_id, next_on from recruitment.enquiries where id = $1 for no key update`, [id]);
}

export async function insertEnquiry(op: Op, enquiry: Omit<EnquiryEntity, 'version' | 'state'>): Promise<void> {
  await op.tx.insert(EnquiryEntity, { ...enquiry, state: 'new', version: 1 });
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
