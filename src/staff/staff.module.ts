import { Module } from '@nestjs/common';
import { ActorSource } from '../platform/auth/actor-source.js';
import { ExternalIssuer } from '../platform/auth/external-issuer.js';
import { Tokens } from '../platform/auth/tokens.js';
import { AccountsService } from './accounts.service.js';
import { Actors } from './actors.js';
import { AuditResolver, AuditedActResolver, AuditedDenialResolver, AuditedReadResolver } from './audit.resolver.js';
import { Passwords } from './passwords.js';
import { PasswordsService } from './passwords.service.js';
import { SecondFactorResolver } from './second-factor.resolver.js';
import { SecondFactorService } from './second-factor.service.js';
import { SecondFactors } from './second-factors.repo.js';
import { SessionResolver } from './session.resolver.js';
import { SessionsRepo } from './sessions.repo.js';
import { SessionsService } from './sessions.service.js';
import { SettingsResolver } from './settings.resolver.js';
import { SettingsService } from './settings.service.js';
import { StaffResolver } from './staff.resolver.js';
import { StaffService } from './staff.service.js';
import { Throttle } from './throttle.js';
import './staff.examples.js';

/**
 * Owns accounts, one-time links, sessions, postings and qualifications: a token becomes an actor. Shows the audit to
 * the auditor.
 *
 * Holds always: one open link per account and one unused refresh token per session; a password, link or refresh token
 * is kept only as its hash, the secret of one-time codes sealed; a role has exactly its place; postings of one role at one place never overlap; nobody
 * changes her own postings; there is always an administrator without an end. What an administrator changes counts from
 * the next request on.
 *
 * Announces `posting.set` and `posting.ended` (with the posting's id), `account.secondFactorReset` (with the account's).
 */
@Module({
  providers: [
    { provide: ActorSource, useClass: Actors }, ExternalIssuer, Tokens, Passwords, Throttle, SessionsRepo, SecondFactors, SecondFactorService, SessionsService, PasswordsService, AccountsService, StaffService,
    SessionResolver, SecondFactorResolver, StaffResolver, AuditResolver, AuditedActResolver, AuditedReadResolver, AuditedDenialResolver, SettingsService, SettingsResolver,
  ],
  exports: [ActorSource, Tokens, StaffService, AccountsService],
})
export class StaffModule {}
