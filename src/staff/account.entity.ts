import { Column, Entity, PrimaryColumn } from 'typeorm';

export const ACCOUNT_STATES = ['invited', 'active', 'closed'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

/** Somebody who may sign in. */
@Entity({ schema: 'staff', name: 'accounts' })
export class AccountEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  login: string;

  @Column('text', { name: 'name_km', nullable: true })
  nameKm: string | null;

  @Column('text', { name: 'name_latin' })
  nameLatin: string;

  @Column('text', { nullable: true })
  phone: string | null;

  @Column('text')
  language: 'km' | 'en';

  @Column('text')
  state: AccountState;

  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash: string | null;

  /** The link to a person of the external issuer; it stands for a session. All four together or none. */
  @Column('uuid', { name: 'sign_in_id', nullable: true })
  signInId: string | null;

  @Column('text', { name: 'sign_in_issuer', nullable: true })
  signInIssuer: string | null;

  @Column('text', { name: 'sign_in_subject', nullable: true })
  signInSubject: string | null;

  @Column('timestamptz', { name: 'sign_in_at', nullable: true })
  signInAt: Date | null;
}

/** One role of one person at one place, for a range of days. */
@Entity({ schema: 'staff', name: 'postings' })
export class PostingEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @Column('text')
  role: string;

  @Column('uuid', { name: 'office_id', nullable: true })
  officeId: string | null;

  @Column('uuid', { name: 'institution_id', nullable: true })
  institutionId: string | null;

  /** Written as text, '[2026-06-15,)'. */
  @Column('daterange')
  during: string;
}
